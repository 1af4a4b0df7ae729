import type { Bounds, Condition } from "./condition.ts";
import type { SearchField } from "./fields.ts";
import { type Comparison, dateBounds, numberBounds, parseDate, parseNumber } from "./parse-value.ts";
import { SearchError } from "./search-error.ts";
import type { Piece, SearchReader } from "./search-reader.ts";

type RangeField = Extract<SearchField, { kind: "number" | "date" }>;

const value = /[^\s()"[\]{}]+/y;
const comparisons = [">=", "<=", ">", "<"] as const;

/** Parses what follows `polarity:` or `scored:`: a value, `>0.5`, or `[0.5 TO 1}`; `*` is no bound. @throws SearchError */
export function parseRange(reader: SearchReader, field: RangeField): Condition {
  const range = (bounds: Bounds): Condition => ({ kind: "range", field: field.name, bounds });
  const opening = ["[", "{"].find((sign) => reader.take(sign));
  if (opening === undefined) {
    const comparison = comparisons.find((sign) => reader.take(sign)) ?? "=";
    return range(toBounds(field, comparison, reader.takeWord(value)));
  }
  const lower = reader.takeWord(value);
  if (!reader.take("TO")) throw reader.error('"TO" is missing, as in [0.5 TO 1]');
  const upper = reader.takeWord(value);
  const closing = ["]", "}"].find((sign) => reader.take(sign));
  if (closing === undefined) throw reader.error('"]" or "}" is missing');
  return range({
    ...(lower.text !== "*" && toBounds(field, opening === "[" ? ">=" : ">", lower)),
    ...(upper.text !== "*" && toBounds(field, closing === "]" ? "<=" : "<", upper)),
  });
}

function toBounds(field: RangeField, comparison: Comparison, { text, at }: Piece): Bounds {
  if (field.kind === "number") {
    const number = parseNumber(field.name, text);
    if (number !== undefined) return numberBounds(comparison, number);
    throw new SearchError({ at, problem: `"${text}" is not a number, which ${field.name} needs` });
  }
  const span = parseDate(text);
  if (span !== undefined) return dateBounds(comparison, span);
  const problem = `"${text}" is not a date such as 2026-01-31 or 2026-01-31T12:00:00Z, which ${field.name} needs`;
  throw new SearchError({ at, problem });
}
