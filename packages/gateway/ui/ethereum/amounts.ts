/** Converts wei to a unit with these decimals, exactly and without trailing zeros. */
function unitText(wei: string, decimals: number): string {
  const digits = wei.padStart(decimals + 1, "0");
  const whole = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** Formats an exact amount of ether. */
export function etherText(wei: string): string {
  return `${unitText(wei, 18)} ether`;
}

/** Formats an amount of ether for a table: six decimals, and "<0.000001" for less. */
export function shortEtherText(wei: string): string {
  const [whole = "", fraction = ""] = unitText(wei, 18).split(".");
  const shown = fraction.slice(0, 6).replace(/0+$/, "");
  if (whole === "0" && shown === "" && fraction !== "") return "<0.000001";
  return shown === "" ? whole : `${whole}.${shown}`;
}

/** Formats a gas price in gwei, or in wei below a thousand. */
export function gasPriceText(wei: string): string {
  return wei.length <= 3 ? `${wei} wei` : `${unitText(wei, 9)} gwei`;
}

/** Formats a gas price with three digits. */
export function shortGasPriceText(wei: string): string {
  if (wei.length <= 3) return `${wei} wei`;
  return `${Number((Number(wei) / 1e9).toPrecision(3))} gwei`;
}

/** Groups digits by three. */
export function digitsText(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Formats a share in percent; empty when the total is zero. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;
}

const prefixes = ["", "k", "M", "G", "T", "P"] as const;

/** Formats a large number with three digits, such as 1.25 M. */
export function shortNumberText(value: number): string {
  const step = Math.max(0, Math.min(prefixes.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${Number((value / 1_000 ** step).toPrecision(3))} ${prefixes[step]}`.trim();
}
