// A server that parses the reports of nodes and does nothing with them, on PORT of 127.0.0.1: Ethstats is measured beside it.
import { WebSocketServer } from "ws";

new WebSocketServer({ host: "127.0.0.1", port: Number(process.env.PORT) }).on("connection", (socket) => {
  socket.on("message", (data) => {
    const [type] = JSON.parse(String(data)).emit;
    if (type === "hello") socket.send('{"emit":["ready"]}');
  });
});
