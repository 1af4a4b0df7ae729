import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./repo.ts";

/** An advisory about one of our packages. */
export interface Advisory {
  module_name: string;
  severity: "info" | "low" | "moderate" | "high" | "critical";
  title: string;
  url: string;
}

/** The command that audits deployed packages, with the pnpm that package.json pins. */
export function auditCommand(): [command: string, args: string[]] {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return ["npx", ["--yes", packageManager, "audit", "--prod", "--json"]];
}

/** Parses the advisories in the output, or returns undefined if the registry did not answer. Throws if the command failed otherwise. */
export function parseAdvisories({
  stdout,
  stderr,
}: {
  stdout: string;
  stderr: string;
}): Advisory[] | undefined {
  if (stdout.trim() !== "") return Object.values(JSON.parse(stdout).advisories);
  if (/ERR_PNPM_AUDIT|fetch|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/i.test(stderr)) return undefined;
  throw new Error(`pnpm audit failed: ${stderr.slice(0, 2_000)}`);
}
