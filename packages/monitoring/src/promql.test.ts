import { metricNames, PromqlError } from "./promql.ts";

it("finds the metrics of an expression, once each", () => {
  expect(
    metricNames('sum by (a) (rate(b_total{c=~".+"}[5m])) / on () group:d:sum unless b_total offset 10m'),
  ).toEqual(["b_total", "group:d:sum"]);
});

it("finds no metric in constants", () => {
  expect(metricNames("time() - vector(0)")).toEqual([]);
});

it.each(["sum(a", "rate(a[5m]) or", 'a{b="}', "{b='c'}"])("refuses %s", (expression) => {
  expect(() => metricNames(expression)).toThrow(PromqlError);
});
