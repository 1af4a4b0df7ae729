import { InvalidQueryError, UnknownQueryParameterError } from "@platform/shared/errors/request-errors";
import { type Condition, joinConditions, type NumberField } from "./search/condition.ts";
import { parseSearch } from "./search/parse-search.ts";
import { parseDate, parseNumber } from "./search/parse-value.ts";
import { type SortField, sortFields, timePresets } from "./view.ts";

/** The parameters of the sort order. */
export const orderParameters = ["sort", "order"] as const;

/** Query parameters, each at most once. */
export type Parameters = ReadonlyMap<string, string>;

/** Reads the query of a URL. Empty parameters are left out. @throws UnknownQueryParameterError, InvalidQueryError */
export function readParameters(url: string, allowed: readonly string[]): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URL(url, "http://gateway").searchParams) {
    if (!allowed.includes(name)) throw new UnknownQueryParameterError({ parameter: name, allowed });
    if (parameters.has(name)) throw new InvalidQueryError({ parameter: name, allowed: "given once" });
    if (value !== "") parameters.set(name, value);
  }
  return parameters;
}

/** Combines all filters to a condition. @throws SearchError, InvalidQueryError */
export function readCondition(parameters: Parameters, now = Date.now()): Condition | undefined {
  const author = parameters.get("author")?.replace(/^@/, "");
  const conditions: (Condition | undefined)[] = [
    parseSearch(parameters.get("q") ?? ""),
    author === undefined ? undefined : { kind: "equals", field: "author", value: author },
    scoreRange(parameters, "polarity"),
    scoreRange(parameters, "subjectivity"),
    timeRange(parameters, now),
  ];
  const used = conditions.filter((condition) => condition !== undefined);
  return used.length === 0 ? undefined : joinConditions(used);
}

/** @throws InvalidQueryError */
export function readOrder(parameters: Parameters): { sort: SortField; isDescending: boolean } {
  const sort = parameters.get("sort") ?? "scored";
  const order = parameters.get("order") ?? "desc";
  if (!(sortFields as readonly string[]).includes(sort))
    throw new InvalidQueryError({ parameter: "sort", allowed: sortFields.join(", ") });
  if (order !== "asc" && order !== "desc")
    throw new InvalidQueryError({ parameter: "order", allowed: "asc or desc" });
  return { sort: sort as SortField, isDescending: order === "desc" };
}

function scoreRange(parameters: Parameters, field: NumberField): Condition | undefined {
  const atLeast = readNumber(parameters, `${field}Min`, field);
  const below = readNumber(parameters, `${field}Below`, field);
  if (atLeast === undefined && below === undefined) return undefined;
  const bounds = { ...(atLeast !== undefined && { atLeast }), ...(below !== undefined && { below }) };
  return { kind: "range", field, bounds };
}

function readNumber(parameters: Parameters, parameter: string, field: NumberField): number | undefined {
  const text = parameters.get(parameter);
  if (text === undefined) return undefined;
  const number = parseNumber(field, text);
  if (number === undefined) throw new InvalidQueryError({ parameter, allowed: "a number such as -0.5" });
  return number;
}

/** Reads the time filter of the score: a time span before now, or two bounds. */
function timeRange(parameters: Parameters, now: number): Condition | undefined {
  const last = parameters.get("last");
  const from = readTime(parameters, "from");
  const to = readTime(parameters, "to");
  if (last === undefined) {
    if (from === undefined && to === undefined) return undefined;
    const bounds = { ...(from !== undefined && { atLeast: from }), ...(to !== undefined && { below: to }) };
    return { kind: "range", field: "scored", bounds };
  }
  const presets: Readonly<Record<string, number>> = timePresets;
  if (!Object.hasOwn(presets, last) || from !== undefined || to !== undefined) {
    const allowed = `${Object.keys(presets).join(", ")}, without from and to`;
    throw new InvalidQueryError({ parameter: "last", allowed });
  }
  return { kind: "range", field: "scored", bounds: { atLeast: now - presets[last]! } };
}

function readTime(parameters: Parameters, parameter: string): number | undefined {
  const text = parameters.get(parameter);
  if (text === undefined) return undefined;
  const span = parseDate(text);
  if (span === undefined)
    throw new InvalidQueryError({ parameter, allowed: "a time such as 2026-01-31T12:00:00Z" });
  return span.from;
}
