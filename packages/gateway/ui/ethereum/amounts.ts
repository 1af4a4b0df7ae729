/** An amount in wei in a larger unit of so many decimals, exact, without zeros at the end. */
function unitText(wei: string, decimals: number): string {
  const digits = wei.padStart(decimals + 1, "0");
  const whole = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** An amount of ether, exact. */
export function etherText(wei: string): string {
  return `${unitText(wei, 18)} ether`;
}

/** An amount of ether for a table: six decimals, and "<0.000001" for less. */
export function shortEtherText(wei: string): string {
  const [whole = "", fraction = ""] = unitText(wei, 18).split(".");
  const shown = fraction.slice(0, 6).replace(/0+$/, "");
  if (whole === "0" && shown === "" && fraction !== "") return "<0.000001";
  return shown === "" ? whole : `${whole}.${shown}`;
}

/** A price of gas: gwei, or wei below a thousand. */
export function gasPriceText(wei: string): string {
  return wei.length <= 3 ? `${wei} wei` : `${unitText(wei, 9)} gwei`;
}

/** A price of gas in three digits. */
export function shortGasPriceText(wei: string): string {
  if (wei.length <= 3) return `${wei} wei`;
  return `${Number((Number(wei) / 1e9).toPrecision(3))} gwei`;
}

/** Digits in groups of three. */
export function digitsText(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A part of a whole in percent; empty without a whole. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

const prefixes = ["", "k", "M", "G", "T", "P"] as const;

/** A large number in three digits: 1.25 M. */
export function shortNumberText(value: number): string {
  const step = Math.max(0, Math.min(prefixes.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${Number((value / 1_000 ** step).toPrecision(3))} ${prefixes[step]}`.trim();
}
