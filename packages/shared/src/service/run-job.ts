import { buildInfo } from "../build-info.ts";
import type { SettingsReader } from "../config/config-reader.ts";
import { createLogger, type Logger } from "../log/logger.ts";
import { exitWithProblems, readProgramCommandLine } from "./program-command-line.ts";

/** A program that runs to completion. */
export interface JobDefinition<Config extends { LOG_LEVEL: string }> {
  /** The name in the log, and the prefix of error messages. */
  name: string;
  /** The summary in `--help`. */
  summary: string;
  readConfig: SettingsReader<Config>;
  run(config: Config, log: Logger): Promise<void>;
}

/**
 * Runs a job, with `--help` and settings from the environment. Exit codes: 0 when the work is done, 1 after a failure (with one line
 * for each invalid setting), 2 for an unknown option.
 */
export async function runJob<Config extends { LOG_LEVEL: string }>({
  name,
  summary,
  readConfig,
  run,
}: JobDefinition<Config>): Promise<void> {
  readProgramCommandLine({
    name,
    summary,
    settings: readConfig.settings,
    exitCodes: { 0: "done, now or by an earlier run", 1: "failure, with one line for each reason" },
  });
  try {
    const config = readConfig(process.env);
    const log = createLogger(name, config.LOG_LEVEL);
    log.info(buildInfo, "started");
    await run(config, log);
  } catch (error) {
    exitWithProblems(name, error);
  }
}
