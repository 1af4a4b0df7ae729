import { parse } from "lossless-json";

/**
 * A number that JSON.parse may round: 16 digits or more, or an exponent. Digits inside a string match only after white
 * space or punctuation, and cost no more than the slower parser.
 */
const mayBeRounded = /[:,[\s]-?\d(?:\d{15}|[\d.]*[eE])/;

/** More digits than any quantity of Ethereum has; a larger exponent would fill the memory with zeros. */
const maxDigits = 1_000;

/**
 * Parses JSON. An integer beyond 2^53 is a BigInt with all its digits, also when it is written with an exponent or a
 * fraction of zeros. Other numbers are as JSON.parse reads them.
 * @throws SyntaxError when the text is not JSON or has a number beyond the range of a double.
 */
export function parseExactJson(text: string): unknown {
  // JSON.parse also goes first to refuse what it refuses: lossless-json is the laxer and the slower parser.
  const value: unknown = JSON.parse(text);
  return mayBeRounded.test(text) ? parse(text, undefined, exactOptions) : value;
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

/** The integer that a JSON number is, however it is written; undefined when it has a fraction or too many digits. */
function toInteger(text: string): bigint | undefined {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d*?)0*)?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const zeros = Number(exponent) - fraction.length;
  if (sign === undefined || zeros < 0 || whole.length + Number(exponent) > maxDigits) return undefined;
  return BigInt(`${sign}${whole}${fraction}${"0".repeat(zeros)}`);
}
