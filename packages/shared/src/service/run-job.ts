import { buildInfo } from "../build-info.ts";
import type { SettingsReader } from "../config/config-reader.ts";
import { createLogger, type Logger } from "../log/logger.ts";
import { exitWithProblems, readProgramCommandLine } from "./program-command-line.ts";

/** A program that ends by itself. */
export interface JobDefinition<Config extends { LOG_LEVEL: string }> {
  /** Its name in the log and in front of its error messages. */
  name: string;
  /** What it does, for `--help`, which lists its settings as well. */
  summary: string;
  readConfig: SettingsReader<Config>;
  run(config: Config, log: Logger): Promise<void>;
}

/**
 * The main of a job: `--help` and settings from the environment. Exit codes: 0 when the work is done, 1 when it failed
 * (with one line for each setting that is wrong), 2 for an unknown option.
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
    exitCodes: { 0: "done, or done before", 1: "it failed; one line for each reason" },
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
