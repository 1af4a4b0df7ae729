import type { WebSocket } from "ws";

/** WebSocket close codes; codes from 4000 are application-specific. */
export const closeCodes = { goingAway: 1001, refused: 1008, tryLater: 1013, replaced: 4000 };

/** A close frame has room for this many bytes of text. */
const maxReasonBytes = 123;
/** Maximum number of buffered bytes for a slow peer. */
const maxUnsentBytes = 100_000;

/** Sends `{"emit": [type, payload]}`. */
export function emit(socket: WebSocket, type: string, payload?: object): void {
  sendText(socket, JSON.stringify({ emit: payload === undefined ? [type] : [type, payload] }));
}

/** Sends text, or terminates the connection of a peer that does not read. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > maxUnsentBytes) socket.terminate();
  else socket.send(text);
}

/** Closes a connection with an ASCII reason, truncated to the limit. */
export function close(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason.slice(0, maxReasonBytes));
}
