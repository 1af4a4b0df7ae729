const eventsWithStatus = new Set(["update", "status.update"]);

/**
 * Reads the status in a message of Mastodon's stream: `{stream, event, payload}` with the status as JSON in the payload.
 * Returns undefined for other events. A deletion has only the server's own number, which is not in the documents.
 */
export function readStatus(message: string): unknown {
  try {
    const { event, payload } = JSON.parse(message) as { event?: unknown; payload?: unknown };
    if (typeof event !== "string" || !eventsWithStatus.has(event)) return undefined;
    return typeof payload === "string" ? JSON.parse(payload) : payload;
  } catch {
    return undefined;
  }
}
