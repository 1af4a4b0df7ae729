import { joinConditions } from "../search/condition.ts";
import { parseSearch } from "../search/parse-search.ts";
import { elasticsearchQuery } from "./query.ts";

/** Returns the depth of nested queries. */
function measureDepth(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const isQuery = ["bool", "match_phrase", "term", "range", "ids"].some((name) => name in value);
  return (isQuery ? 1 : 0) + Math.max(0, ...Object.values(value).map(measureDepth));
}

it("nests the deepest search within Elasticsearch's limit", () => {
  const nested = (levels: number): string => (levels === 0 ? "a" : `a OR b (${nested(levels - 1)})`);
  const search = parseSearch(nested(7))!;
  expect(() => parseSearch(nested(8))).toThrow("levels");
  const depth = measureDepth(elasticsearchQuery(joinConditions([search, parseSearch("author:ada")!])));
  expect(depth).toBeGreaterThan(15);
  expect(depth).toBeLessThanOrEqual(20);
});
