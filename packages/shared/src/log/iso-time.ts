let lastSecond = Number.NaN;
let lastPrefix = "";

/** The time field of a log line, in ISO 8601. Lines of the same second share its text. */
export function isoTime(): string {
  const now = Date.now();
  const second = Math.floor(now / 1_000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastPrefix = `,"time":"${new Date(now).toISOString().slice(0, -"000Z".length)}`;
  }
  return `${lastPrefix}${String(now - second * 1_000).padStart(3, "0")}Z"`;
}
