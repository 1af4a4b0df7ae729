import type { IncomingMessage } from "node:http";
import type { CleanMessage } from "./clean-message.ts";
import { readAnswer } from "./read-answer.ts";

const maxRefusalBytes = 20_000;

/** An error that counts as a timeout of the node. */
export function timeoutError(message: string): Error {
  return new DOMException(message, "TimeoutError");
}

/** Converts a socket's error to the errors of the HTTP client. */
export function socketReason(error: NodeJS.ErrnoException, maxBytes: number): Error {
  if (error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
    return new Error(`the answer has more than ${maxBytes} bytes`);
  }
  return /timed out/i.test(error.message) ? timeoutError("the connection was not opened in time") : error;
}

/** The error for a connection that the node closed. */
export function closeReason(code: number): Error {
  const reason = new Error(`the node closed the connection with code ${code}`);
  return Object.assign(reason, { code: "ECONNRESET" });
}

/** The error for a node that refuses the WebSocket with an HTTP response. */
export async function refusalReason(response: IncomingMessage, clean: CleanMessage): Promise<Error> {
  const { statusCode: status = 0, headers } = response;
  let text = "";
  try {
    for await (const chunk of response) {
      text += chunk;
      if (text.length > maxRefusalBytes) break;
    }
    readAnswer({ status, retryAfter: headers["retry-after"], text }, 1, clean);
    return new Error(`HTTP status ${status} instead of a WebSocket`);
  } catch (error) {
    return error as Error;
  }
}
