import { basename } from "node:path";
import { readCommandLine } from "@platform/cli/command";
import type { SettingsReader } from "../config/config-reader.ts";
import { settingsSection } from "../config/setting-rows.ts";
import { describeError } from "../errors/describe-error.ts";
import { ConfigError } from "../errors/server-errors.ts";

/** A program with settings in the environment, and without arguments. */
export interface ProgramHelp {
  name: string;
  summary: string;
  settings: SettingsReader<unknown>["settings"];
  exitCodes: Readonly<Record<number, string>>;
}

/** Handles `--help`. Exits with code 2 for an unknown option. */
export function readProgramCommandLine({ name, summary, settings, exitCodes }: ProgramHelp): void {
  readCommandLine({
    name,
    invocation: `node ${basename(process.argv[1] ?? "main.cjs")}`,
    summary,
    options: {},
    sections: [settingsSection(settings)],
    exitCodes,
  });
}

/** Prints the problems of a program, one on each line, and exits with code 1. */
export function exitWithProblems(name: string, error: unknown): never {
  const problems = error instanceof ConfigError ? error.problems : [describeError(error).message];
  for (const problem of problems) console.error(`${name}: ${problem}`);
  process.exit(1);
}
