import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { parse } from "yaml";
import { metricsWithoutData } from "./metrics-without-data.ts";
import { metricNames } from "./promql.ts";
import { boards } from "./rendered-files.ts";

/** A query of a board, a variable of one, or the condition of an alert. */
export interface MonitoringQuery {
  /** The origin, such as `board kafka: How large is each topic?` or `alert TargetDown`. */
  source: string;
  /** PromQL without variables of boards. */
  expr: string;
  /** The metrics in the expression. */
  metrics: readonly string[];
}

/** A rule of alerts.yml. */
export interface Rule {
  alert?: string;
  record?: string;
  expr: string;
  /** The time for which the condition must hold before the alert fires. */
  for?: string;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
}

const variables: Readonly<Record<string, string>> = {
  $__rate_interval: "1m",
  $namespace: ".*",
  $function: ".*",
};

/** Replaces a board's variables with values that match all series. @throws Error for an unknown variable */
function withoutVariables(expr: string): string {
  return expr.replaceAll(/\$\w+/g, (name) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`unknown variable ${name} in ${expr}`);
    return value;
  });
}

function toQuery(source: string, text: string): MonitoringQuery {
  const expr = withoutVariables(text);
  return { source, expr, metrics: metricNames(expr) };
}

/** The queries of a board's panels, and the series from which its variables take their values. */
function boardQueries(name: string, { panels = [], templating }: Dashboard): MonitoringQuery[] {
  const panelQueries = panels.flatMap((panel) =>
    ("targets" in panel ? (panel.targets ?? []) : []).map((target) =>
      toQuery(`board ${name}: ${panel.title}`, (target as unknown as { expr: string }).expr),
    ),
  );
  const variableQueries = (templating.list ?? []).flatMap((variable) => {
    const [, series] = /^label_values\((.+), \w+\)$/.exec(variable.definition ?? "") ?? [];
    return series === undefined ? [] : [toQuery(`board ${name}: $${variable.name}`, series)];
  });
  return [...panelQueries, ...variableQueries];
}

/** The queries of all boards. Each returns data in a Prometheus that scrapes the platform, except for `metricsWithoutData`. */
export function allBoardQueries(): MonitoringQuery[] {
  return [...boards()].flatMap(([name, board]) => boardQueries(name, board));
}

/** The rules of deploy/monitoring/prometheus/alerts.yml. @param root the repo's folder */
export function readRules(root: string): Rule[] {
  const text = readFileSync(join(root, "deploy", "monitoring", "prometheus", "alerts.yml"), "utf8");
  return (parse(text) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);
}

/** The expressions of all alerts and recording rules. An alert's expression has data only while the condition holds. */
export function ruleQueries(root: string): MonitoringQuery[] {
  return readRules(root).map(({ alert, record, expr }) =>
    toQuery(alert === undefined ? `rule ${record}` : `alert ${alert}`, expr),
  );
}

/**
 * Returns the queries that a Prometheus of the platform answers with at least one series: those of boards and, for rules,
 * one for each of their metrics. Omits queries of metrics in `metricsWithoutData`.
 * @param root the repo's folder
 */
export function queriesWithData(root: string): MonitoringQuery[] {
  const rules = ruleQueries(root).flatMap(({ source, metrics }) =>
    metrics.map((metric) => ({ source, expr: metric, metrics: [metric] })),
  );
  return [...allBoardQueries(), ...rules].filter(
    ({ expr, metrics }) =>
      expr.endsWith("vector(0)") || !metrics.some((metric) => metric in metricsWithoutData),
  );
}
