import { filterParameters } from "../../src/console/documents/view.ts";
import { viewUrl } from "../shell/router.ts";

type FilterName = (typeof filterParameters)[number];

/** Changes of parameters; undefined removes a parameter. */
export type FilterChanges = Partial<Record<FilterName | "sort" | "order", string | undefined>>;

/** A path of the API with the parameters of the page's query string. */
export function apiPath(
  path: string,
  query: URLSearchParams,
  others: Readonly<Record<string, string | number>> = {},
): string {
  const parameters = new URLSearchParams(
    Object.entries(others).map(([name, value]) => [name, String(value)]),
  );
  for (const [name, value] of query) parameters.set(name, value);
  return `${path}?${parameters}`;
}

/** Returns the filter parameters, without those of the sort order. */
export function toFilters(query: URLSearchParams): URLSearchParams {
  return pick(query, filterParameters);
}

/** Returns the parameters without the cursor. */
export function toSearch(query: URLSearchParams): URLSearchParams {
  return pick(query, [...filterParameters, "sort", "order"]);
}

export function hasFilters(query: URLSearchParams): boolean {
  return toFilters(query).size > 0;
}

/** Returns the URL of the list with changed filters. */
export function listUrl(query: URLSearchParams, changes: FilterChanges = {}): string {
  return viewUrl(["documents"], { ...Object.fromEntries(toSearch(query)), ...changes });
}

function pick(query: URLSearchParams, names: readonly string[]): URLSearchParams {
  return new URLSearchParams(
    names.flatMap((name) => {
      const value = query.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
}
