const whole = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Formats a count, such as 12,345. */
export function countText(count: number): string {
  return whole.format(count);
}

/** Formats a polarity: +0.25, −0.10, 0.00. */
export function polarityText(polarity: number): string {
  const text = Math.abs(polarity).toFixed(2);
  if (Number(text) === 0) return text;
  return `${polarity > 0 ? "+" : "−"}${text}`;
}

/** Formats the time of day without seconds. */
export function hourText(time: number): string {
  return clock.format(time).slice(0, 5);
}

/** Formats the time of day. */
export function timeText(time: number): string {
  return clock.format(time);
}

/** Formats a duration in its largest units: 3 s, 2 min, 1 h 5 min, 2 d 3 h, 9 months, 4 years. */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  if (days < 100) return days < 7 ? `${days} d ${hours % 24} h` : `${days} d`;
  return days < 730 ? `${Math.floor(days / 30.44)} months` : `${Math.floor(days / 365.25)} years`;
}

/** Formats a short duration with three digits. */
export function millisecondText(milliseconds: number): string {
  return `${Number(milliseconds.toPrecision(3))} ms`;
}

/** Shortens a long hexadecimal number to its ends. */
export function shortHex(text: string): string {
  return `${text.slice(0, 8)}…${text.slice(-6)}`;
}

const dateTime = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
});

/** Formats date and time in the browser's time zone. */
export function dateTimeText(time: number): string {
  return dateTime.format(time);
}

/** Formats a count with its noun: "1 call", "2 calls". */
export function countedText(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}

const byteUnits = ["B", "kB", "MB", "GB", "TB"] as const;

/** Formats a size in its largest decimal unit, such as 1.2 MB. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${byteUnits[power]}`;
}
