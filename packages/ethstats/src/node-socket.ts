import type { WebSocket } from "ws";

/** Close codes of WebSocket; those from 4000 are an application's own. */
export const closeCodes = { goingAway: 1001, refused: 1008, tryLater: 1013, replaced: 4000 };

/** A close frame has room for this many bytes of text. */
const longestReason = 123;
/** How many bytes may wait for a peer that does not read. */
const mostUnsent = 100_000;

/** Sends `{"emit": [type, payload]}`. */
export function emit(socket: WebSocket, type: string, payload?: object): void {
  sendText(socket, JSON.stringify({ emit: payload === undefined ? [type] : [type, payload] }));
}

/** Sends text, or ends the connection of a peer that does not read. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > mostUnsent) socket.terminate();
  else socket.send(text);
}

/** Closes a connection with a reason in ASCII, cut where it is too long. */
export function close(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason.slice(0, longestReason));
}
