import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import { toErrorAnswer } from "@platform/shared/function/answer";

/** Answers an upgrade request with an error, directly on its socket, because upgrade requests bypass the app. */
export function refuseUpgrade(socket: Duplex, error: PlatformError): void {
  const { status, headers, body } = toErrorAnswer(error, error.message);
  const head = Object.entries({
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  // A client may disconnect before the answer.
  socket.on("error", () => socket.destroy());
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, "", body].join("\r\n"));
}
