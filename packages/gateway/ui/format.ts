const whole = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** 12,345 */
export function countText(count: number): string {
  return whole.format(count);
}

/** A polarity as it is read: +0.25, −0.10, 0.00. */
export function polarityText(polarity: number): string {
  const text = Math.abs(polarity).toFixed(2);
  if (Number(text) === 0) return text;
  return `${polarity > 0 ? "+" : "−"}${text}`;
}

/** The time of day without its seconds. */
export function hourText(time: number): string {
  return clock.format(time).slice(0, 5);
}

/** The time of day. */
export function timeText(time: number): string {
  return clock.format(time);
}

/** A span of time in its largest units: 3 s, 2 min, 1 h 5 min. */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A short time, three digits of it. */
export function millisecondText(milliseconds: number): string {
  return `${Number(milliseconds.toPrecision(3))} ms`;
}

/** The ends of a long hexadecimal number. */
export function shortHex(text: string): string {
  return `${text.slice(0, 8)}…${text.slice(-6)}`;
}
