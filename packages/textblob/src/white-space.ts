/**
 * White space by Python's `str.isspace`. Unlike JavaScript's, it includes 0x1C to 0x1F and 0x85, but not U+FEFF.
 */
export function isPythonSpace(unit: number): boolean {
  if (unit < 128) return unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 28 && unit <= 31);
  return isWideSpace(unit);
}

/** White space by `\s` of the `regex` engine: like Python's, without 0x1C to 0x1F. */
export function isRegexSpace(unit: number): boolean {
  if (unit < 128) return unit === 32 || (unit >= 9 && unit <= 13);
  return isWideSpace(unit);
}

/** ASCII white space: Python's `string.whitespace`. */
export const isAsciiSpace = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13);

/** White space from U+0080, equal for Python and its `regex` engine. */
function isWideSpace(unit: number): boolean {
  if (unit < 0x1680) return unit === 0xa0 || unit === 0x85;
  if (unit < 0x2000) return unit === 0x1680;
  return (
    unit <= 0x200a ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}
