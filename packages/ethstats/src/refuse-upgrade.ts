import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import { toErrorAnswer } from "@platform/shared/function/answer";

/** Answers a request to upgrade with an error: such requests pass by the app, and there is only their socket. */
export function refuseUpgrade(socket: Duplex, error: PlatformError): void {
  const { status, headers, body } = toErrorAnswer(error, error.message);
  const head = Object.entries({
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  // Who goes away before the answer is no concern of ours.
  socket.on("error", () => socket.destroy());
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, "", body].join("\r\n"));
}
