// Parses the reports of nodes on PORT of 127.0.0.1 and drops them. Ethstats is compared with it.
import { WebSocketServer } from "ws";

new WebSocketServer({ host: "127.0.0.1", port: Number(process.env.PORT) }).on("connection", (socket) => {
  socket.on("message", (data) => {
    const [type] = JSON.parse(String(data)).emit;
    if (type === "hello") socket.send('{"emit":["ready"]}');
  });
});
