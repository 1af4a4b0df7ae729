const whole = new Intl.NumberFormat("en");
const prefixes = ["", "k", "M", "G", "T", "P", "E", "Z", "Y"];

/** The placeholder for an unknown value. */
export const none = "–";

/** A count with all its digits: 1,234,567. */
export function countText(count: number | null): string {
  return count === null ? none : whole.format(count);
}

/** A large number in three digits and a prefix: 21 k, 30 M, 1.25 T. */
export function shortNumber(value: number | null): string {
  if (value === null) return none;
  const digits = Math.floor(Math.log10(Math.max(1, Math.abs(Number(value.toPrecision(3))))));
  const step = Math.min(prefixes.length - 1, Math.floor(digits / 3));
  const text = threeDigits(value / 1_000 ** step);
  return step === 0 ? text : `${text} ${prefixes[step]}`;
}

/** A gas price in gwei, or in wei below 1,000 wei. */
export function gasPriceText(wei: number | null): string {
  if (wei === null) return none;
  return wei > 0 && wei < 1_000 ? `${wei} wei` : `${shortNumber(Number((wei / 1e9).toPrecision(3)))} gwei`;
}

/** A delay: 45 ms, 1.25 s, 2 min. */
export function delayText(milliseconds: number | null): string {
  if (milliseconds === null) return none;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 60_000 ? `${threeDigits(milliseconds / 1_000)} s` : spanText(milliseconds);
}

/** The time between blocks: 2.0 s, 13.2 s. */
export function secondsText(seconds: number | null): string {
  if (seconds === null) return none;
  return seconds < 600 ? `${seconds.toFixed(1)} s` : spanText(seconds * 1_000);
}

/** A span of time in its largest unit: 3 s, 2 min, 5 h, 3 d. */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** 99.9 %; 100 % only for all of the time. */
export function percentText(percent: number | null): string {
  return percent === null ? none : `${Math.floor(percent * 10) / 10} %`;
}

/** The ends of a hash or an address. */
export function shortHash(hash: string | null | undefined): string {
  return hash ? `${hash.slice(0, 6)}…${hash.slice(-4)}` : none;
}

/** The program and its version: "Geth 1.13.15". */
export function clientText({ client, version }: { client: string | null; version: string | null }): string {
  if (client === null) return none;
  const name = client.split("/", 1)[0] ?? client;
  return version === null ? name : `${name} ${version.replace(/^v/, "")}`;
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
