// needs: nothing
import { spawnSync } from "node:child_process";
import { type Advisory, auditCommand, parseAdvisories } from "../support/audit.ts";
import { startListener } from "../support/http/listener.ts";
import { run } from "../support/process/command.ts";
import { root } from "../support/repo.ts";

const timeoutMs = 90_000;
const [command, args] = auditCommand();
const isSevere = ({ severity }: Advisory) => severity === "high" || severity === "critical";

// Not by requireService: not every registry supports audits, and a mirror without them is no failure of ours.
const audited = spawnSync(command, args, { cwd: root, encoding: "utf8", timeout: timeoutMs });
const foundAdvisories = parseAdvisories(audited);

if (foundAdvisories === undefined) {
  it.skip("needs a registry that answers audits", () => undefined);
} else {
  it("no deployed dependency has an advisory of high or critical severity", () => {
    expect(foundAdvisories.filter(isSevere)).toEqual([]);
  });
}

describe("the audit", () => {
  const advisory = (id: number, severity: string) => ({
    id,
    title: "It leaks.",
    severity,
    url: "https://registry.example/1",
    vulnerable_versions: ">=0.0.1",
    cwe: [],
    cvss: { score: 7, vectorString: null },
  });

  it(
    "finds packages with an advisory in the registry, and distinguishes severe ones from the others",
    async () => {
      const advisories = { kafkajs: [advisory(1, "high")], axios: [advisory(2, "moderate")] };
      await using registry = await startListener((_, response) => {
        response.setHeader("content-type", "application/json").end(JSON.stringify(advisories));
      });
      const output = await run(command, [...args, "--registry", registry.url], {
        cwd: root,
        timeout: timeoutMs,
      });
      const all = parseAdvisories(output);
      expect(all).toHaveLength(2);
      expect(all?.filter(isSevere)).toMatchObject([{ module_name: "kafkajs", severity: "high" }]);
    },
    2 * timeoutMs,
  );

  it(
    "distinguishes a registry that does not answer from one without advisories",
    async () => {
      await using registry = await startListener((_, response) => response.writeHead(405).end());
      const output = await run(command, [...args, "--registry", registry.url], {
        cwd: root,
        timeout: timeoutMs,
      });
      expect(parseAdvisories(output)).toBeUndefined();
    },
    2 * timeoutMs,
  );
});
