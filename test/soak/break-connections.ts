import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const head = "POST / HTTP/1.1\r\nHost: function\r\nContent-Type: text/plain\r\nContent-Length: 15\r\n";

/** The bytes that a client sends before it disconnects. */
const beginnings = [
  "",
  "POST / HT",
  head,
  `${head}\r\nPeople`,
  `${head}\r\nPeople are kind`,
  "\u0000\u0001 no HTTP at all\r\n\r\n",
  `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
];

/** Runs clients that disconnect in the middle of a call, one after the other, until the signal fires. Returns their number. */
export async function breakConnections(urls: readonly string[], signal: AbortSignal): Promise<number> {
  let count = 0;
  while (!signal.aborted) {
    const { hostname, port } = new URL(urls[count % urls.length]!);
    const socket = connect(Number(port), hostname).on("error", () => undefined);
    await once(socket, "connect");
    socket.write(beginnings[Math.floor(count / urls.length) % beginnings.length]!);
    await pause(count % 20);
    socket.resetAndDestroy();
    count += 1;
    await pause(20);
  }
  return count;
}
