// needs: prometheus
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRules } from "@platform/monitoring/queries";
import { hasPromtool, promtool } from "../support/prometheus/promtool.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const folder = join(root, "deploy", "monitoring", "prometheus");
const rules = join(folder, "alerts.yml");
/** The alerts with a `for` duration. */
const waiting = readRules(root).flatMap((rule) => (rule.for === undefined ? [] : (rule.alert ?? [])));
const tests = readdirSync(join(folder, "tests"));
const minute = 60_000;

requireService("promtool of Prometheus", hasPromtool(), () => {
  it("promtool accepts the rules", async () => {
    expect(await promtool(["check", "rules", rules])).toMatchObject({ code: 0 });
  });

  it.each(tests)(
    "the alerts of tests/%s fire under their conditions, and not before",
    async (file) => {
      const { code, output } = await promtool(["test", "rules", join(folder, "tests", file)]);
      expect({ code, output }).toMatchObject({ code: 0 });
    },
    minute,
  );

  it(
    "the test of each alert with a duration fails for a rule without one",
    async () => {
      const copy = await mkdtemp(join(tmpdir(), "alerts-"));
      try {
        const hasty = readFileSync(rules, "utf8").replaceAll(/^ +for: .*\n/gm, "");
        await writeFile(join(copy, "alerts.yml"), hasty);
        await cp(join(folder, "tests"), join(copy, "tests"), { recursive: true });
        const { output } = await promtool([
          "test",
          "rules",
          ...tests.map((file) => join(copy, "tests", file)),
        ]);
        const failed = new Set([...output.matchAll(/alertname: ?(\w+),/g)].map(([, name]) => name));
        expect([...failed].sort()).toEqual(waiting.sort());
      } finally {
        await rm(copy, { recursive: true });
      }
    },
    minute,
  );
});
