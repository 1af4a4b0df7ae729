const eventsWithStatus = new Set(["update", "status.update"]);

/**
 * The status in a message of Mastodon's stream, `{stream, event, payload}` with the status as JSON in the payload; undefined
 * for other events. A deletion names the server's own number, which no document has.
 */
export function statusOfEvent(message: string): unknown {
  try {
    const { event, payload } = JSON.parse(message) as { event?: unknown; payload?: unknown };
    if (typeof event !== "string" || !eventsWithStatus.has(event)) return undefined;
    return typeof payload === "string" ? JSON.parse(payload) : payload;
  } catch {
    return undefined;
  }
}
