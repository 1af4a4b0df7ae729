import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allMetrics, programsWithMetrics } from "./docs/all-metrics.ts";

const root = join(__dirname, "..");
const metrics = allMetrics();

/** The sources of all packages, without their tests. */
function sources(): string[] {
  return readdirSync(join(root, "packages")).flatMap((name) => {
    const folder = join(root, "packages", name, "src");
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
      .map((path) => readFileSync(join(folder, path), "utf8"));
  });
}

it("includes the registries of all programs", () => {
  const services = sources().flatMap((text) =>
    [...text.matchAll(/\bcreateRegistry\("([\w-]+)"\)/g)].map(([, name]) => name),
  );
  const functions = readdirSync(join(root, "functions")).filter((name) =>
    existsSync(join(root, "functions", name, "src", "metrics.ts")),
  );
  expect(programsWithMetrics().sort()).toEqual(
    ["every program", "every function", ...services, ...functions].sort(),
  );
});

// The rules of `promtool check metrics`.
const baseUnits = ["seconds", "bytes", "ratio", "messages", "items"];
const otherUnits =
  /_(ms|millis|milliseconds|us|microseconds|ns|nanoseconds|sec|secs|minutes|mins|hours|days|kb|kib|mb|mib|kilobytes|megabytes|bits|percent)(_|$)/;

/** A name defined by OpenFaaS. */
const openFaasMetric = "gateway_service_count";

describe.each(metrics)("$name", ({ name, type, labels, meaning }) => {
  it("is in snake_case, without labels that Prometheus reserves", () => {
    expect(name).toMatch(/^[a-z]+(_[a-z\d]+)+$/);
    for (const label of labels) expect(label).toMatch(/^(?!(le|quantile|job|instance)$)[a-z]+(_[a-z]+)*$/);
  });

  it("has the suffix of its type and a base unit", () => {
    expect(name.endsWith("_total")).toBe(type === "counter");
    if (name !== openFaasMetric) expect(name).not.toMatch(/_(bucket|count|sum|counter|gauge|histogram)$/);
    expect(name).not.toMatch(otherUnits);
    if (type === "histogram") expect(baseUnits).toContain(name.split("_").at(-1));
  });

  it("has a sentence as its description", () => {
    expect(meaning).toMatch(/^[A-Z\d].*\.$/);
  });
});

it("has no label whose values callers choose", () => {
  const labels = new Set(metrics.flatMap((metric) => metric.labels));
  for (const label of ["id", "call_id", "url", "path", "host", "block"]) expect(labels).not.toContain(label);
});
