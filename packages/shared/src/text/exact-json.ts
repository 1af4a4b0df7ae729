import { parse } from "lossless-json";

/** More than any quantity of Ethereum has. It bounds the memory for a number with a large exponent. */
const maxDigits = 1_000;

/**
 * Parses JSON. An integer beyond 2^53 becomes a BigInt with all its digits, even if it is written with an exponent or a fraction
 * of zeros. Other numbers are as JSON.parse reads them.
 * @throws SyntaxError when the text is not JSON or has a number that is out of range
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // lossless-json is slower and less strict, so JSON.parse comes first.
  return hasRounded(value) ? parse(text, undefined, exactOptions) : value;
}

/** Whether a value contains a number that JSON.parse may have rounded. A loop, because `Object.values` takes five times as long. */
function hasRounded(value: unknown): boolean {
  if (typeof value === "number") return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(hasRounded);
  for (const name in value) if (hasRounded((value as Record<string, unknown>)[name])) return true;
  return false;
}

const exactOptions = {
  parseNumber: toExactNumber,
  onDuplicateKey: ({ newValue }: { newValue: unknown }) => newValue,
};

function toExactNumber(text: string): number | bigint {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  const integer = toInteger(text);
  if (integer !== undefined) return integer;
  if (!Number.isFinite(number)) throw new SyntaxError("a number is out of range");
  return number;
}

/** The integer value of a JSON number in any notation; undefined if it has a fraction or too many digits. */
function toInteger(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d*?)0*)?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const zeros = Number(exponent) - fraction.length;
  if (sign === undefined || zeros < 0 || whole.length + Number(exponent) > maxDigits) return undefined;
  return BigInt(`${sign}${whole}${fraction}${"0".repeat(zeros)}`);
}
