import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { metricsWithoutData } from "./metrics-without-data.ts";
import { allBoardQueries, queriesWithData, readRules, ruleQueries } from "./queries.ts";

const root = join(__dirname, "..", "..", "..");
const folder = join(root, "deploy", "monitoring", "prometheus", "tests");
const runbooks = join(root, "docs", "runbooks");
const alerts = readRules(root).filter(({ alert }) => alert !== undefined);
const names = alerts.map(({ alert }) => alert!).sort();
const queries = [...allBoardQueries(), ...ruleQueries(root)];

it("replaces each variable of a board", () => {
  expect(queries.filter(({ expr }) => expr.includes("$"))).toEqual([]);
});

it("lists only metrics without data that a board or an alert reads", () => {
  const read = new Set(queries.flatMap(({ metrics }) => metrics));
  expect(Object.keys(metricsWithoutData).filter((name) => !read.has(name))).toEqual([]);
});

it("excludes queries of metrics without data, unless they fall back to 0", () => {
  const withFallback = queriesWithData(root).filter(({ metrics }) =>
    metrics.includes("kafka_connector_dead_letters_total"),
  );
  expect(withFallback.length).toBeGreaterThan(0);
  expect(withFallback.filter(({ expr }) => !expr.endsWith("vector(0)"))).toEqual([]);
});

describe.each(alerts)("alert $alert", ({ alert, labels = {}, annotations = {} }) => {
  it("has a severity, a summary and a runbook", () => {
    expect(["critical", "warning"]).toContain(labels.severity);
    expect(Object.keys(annotations).sort()).toEqual(["description", "runbook_url", "summary"]);
    expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
    expect(existsSync(join(root, annotations.runbook_url!))).toBe(true);
  });
});

it("has a runbook for each alert and no other, and the index lists them", () => {
  const pages = readdirSync(runbooks).filter((file) => file !== "README.md");
  expect(pages.sort()).toEqual(names.map((name) => `${name}.md`));
  const index = readFileSync(join(runbooks, "README.md"), "utf8");
  expect([...index.matchAll(/\]\((\w+)\.md\)/g)].map(([, name]) => name!).sort()).toEqual(names);
});

it("has a promtool test for each alert, with a firing and a silent case", () => {
  interface AlertTest {
    alertname: string;
    exp_alerts?: unknown[];
  }
  const tested = readdirSync(folder).flatMap((file) =>
    (
      parse(readFileSync(join(folder, file), "utf8")) as { tests: { alert_rule_test?: AlertTest[] }[] }
    ).tests.flatMap(({ alert_rule_test = [] }) => alert_rule_test),
  );
  const fires = (firing: boolean) =>
    [
      ...new Set(
        tested
          .filter(({ exp_alerts = [] }) => exp_alerts.length > 0 === firing)
          .map(({ alertname }) => alertname),
      ),
    ].sort();
  expect(fires(true)).toEqual(names);
  expect(fires(false)).toEqual(names);
});
