import { buildInfo } from "../build-info.ts";
import type { SettingsReader } from "../config/config-reader.ts";
import { createLogger, type Logger } from "../log/logger.ts";
import { startTracing, stopTracing } from "../telemetry/start-tracing.ts";
import type { TracingConfig } from "../telemetry/tracing-settings.ts";
import { exitWithProblems, readProgramCommandLine } from "./program-command-line.ts";

/** The settings of a service. Those of traces are optional. */
type ServiceConfig = { LOG_LEVEL: string } & Partial<TracingConfig>;

/** A long-running program. */
export interface ServiceDefinition<Config extends ServiceConfig> {
  /** The name in the log, and the prefix of error messages. */
  name: string;
  /** The summary in `--help`. */
  summary: string;
  readConfig: SettingsReader<Config>;
  /** Starts the service. On SIGTERM and SIGINT, the result is disposed of, and the process exits. */
  start(config: Config, log: Logger): Promise<AsyncDisposable>;
}

/**
 * Runs a service, with `--help`, settings from the environment and a graceful shutdown. Exit codes: 0 after a signal, 1 when it
 * cannot start (with one line for each invalid setting), 2 for an unknown option.
 */
export async function runService<Config extends ServiceConfig>({
  name,
  summary,
  readConfig,
  start,
}: ServiceDefinition<Config>): Promise<void> {
  readProgramCommandLine({
    name,
    summary,
    settings: readConfig.settings,
    exitCodes: {
      0: "graceful shutdown after SIGTERM or SIGINT",
      1: "the start failed, with one line for each reason",
    },
  });
  const signal = nextSignal();
  try {
    const config = readConfig(process.env);
    const log = createLogger(name, config.LOG_LEVEL);
    log.info(buildInfo, "started");
    startTracing({ name, config, log: () => log });
    const service = await start(config, log);
    log.info({ signal: await signal }, "stopping");
    await service[Symbol.asyncDispose]();
    await stopTracing();
    process.exit(0);
  } catch (error) {
    exitWithProblems(name, error);
  }
}

/** Resolves with the first SIGTERM or SIGINT. Later ones are ignored, because npm and a terminal both send it. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, resolve);
  });
}
