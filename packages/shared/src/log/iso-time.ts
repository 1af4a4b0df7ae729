let lastTime = Number.NaN;
let lastText = "";

/** The time field of a log line, in ISO 8601. Lines of the same millisecond share its text. */
export function isoTime(): string {
  const now = Date.now();
  if (now !== lastTime) {
    lastTime = now;
    lastText = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastText;
}
