import type { Query } from "./panels.ts";

/** Selects the series of the chosen namespaces; `matchers` are further ones, such as `code=~"5.."`. */
export function inNamespace(metric: string, matchers = ""): string {
  return `${metric}{namespace=~"$namespace"${matchers === "" ? "" : `,${matchers}`}}`;
}

/** Selects the series of the chosen namespaces and functions. */
export function functionSeries(metric: string, matchers = ""): string {
  return inNamespace(metric, `function=~"$function"${matchers === "" ? "" : `,${matchers}`}`);
}

/** Selects the gateway's series of the chosen functions: its label is NAME, or NAME.NAMESPACE. */
export function gatewaySeries(metric: string, matchers = ""): string {
  return inNamespace(metric, `function_name=~"($function)([.].+)?"${matchers === "" ? "" : `,${matchers}`}`);
}

/** The rate of a counter per second, by labels. */
export function rateBy(labels: string, selector: string): string {
  return `sum by (${labels}) (rate(${selector}[$__rate_interval]))`;
}

/** The expression, or 0 without a series, for counters whose first increment creates the series. */
export function orZero(expr: string): string {
  return `${expr} or on () vector(0)`;
}

/** A percentile of a histogram, by labels. `select` returns the selector for `METRIC_bucket`. */
export function percentile(
  quantile: number,
  metric: string,
  select: (metric: string) => string,
  ...labels: readonly string[]
): string {
  const by = ["le", ...labels].join(", ");
  return `histogram_quantile(${quantile}, sum by (${by}) (rate(${select(`${metric}_bucket`)}[$__rate_interval])))`;
}

/** The percentiles 50, 95 and 99 of a histogram. */
export function percentiles(metric: string, select: (metric: string) => string): Query[] {
  return [0.5, 0.95, 0.99].map((quantile) => ({
    expr: percentile(quantile, metric, select),
    legend: `${quantile * 100} %`,
  }));
}
