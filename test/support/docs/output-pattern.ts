/** Options of toOutputPattern. */
interface OutputOptions {
  /** Whether numbers and hexadecimal values may differ from those of the page, as those of a growing chain do. */
  anyNumbers?: boolean;
}

/** Converts the output of a command on a page to a pattern, in which "…" matches any text. */
export function toOutputPattern(output: string, { anyNumbers = false }: OutputOptions = {}): RegExp {
  const parts = output.split("…").map((part) => {
    const text = part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return anyNumbers ? text.replaceAll(/0x[\da-f]+|\d+/g, toNumberPattern) : text;
  });
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`);
}

/** The pattern of a number: null for one without a value, such as the interval before block 0. */
function toNumberPattern(number: string): string {
  return number.startsWith("0x") ? "0x[\\da-f]+" : "(?:\\d+|null)";
}
