import type { ConfigReader } from "../config/config-reader.ts";
import { describeError } from "../errors/describe-error.ts";
import { ConfigError } from "../errors/server-errors.ts";
import { createLogger, type Logger } from "../log/logger.ts";

/** A long-running program. */
export interface ServiceDefinition<Config extends { LOG_LEVEL: string }> {
  /** Its name in the log and in front of its complaints. */
  name: string;
  /** What `--help` prints: what it does and its settings. */
  usage: string;
  readConfig: ConfigReader<Config>;
  /** Starts it; SIGTERM and SIGINT dispose of what it gives, and then the process ends. */
  start(config: Config, log: Logger): Promise<AsyncDisposable>;
}

/**
 * The main of a service: `--help`, settings from the environment, a clean end. Exit codes: 0 after a signal, 1 when it
 * cannot start (with one line for each setting that is wrong), 2 for an argument it does not know.
 */
export async function runService<Config extends { LOG_LEVEL: string }>(
  { name, usage, readConfig, start }: ServiceDefinition<Config>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(usage);
    return;
  }
  if (args.length > 0) return complain(name, [`unknown argument ${args[0]}; --help lists the settings`], 2);
  const signal = nextSignal();
  try {
    const config = readConfig(process.env);
    const log = createLogger(name, config.LOG_LEVEL);
    const service = await start(config, log);
    log.info({ signal: await signal }, "stopping");
    await service[Symbol.asyncDispose]();
    process.exit(0);
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [describeError(error).message];
    complain(name, problems, 1);
  }
}

/** The first SIGTERM or SIGINT. Later ones are ignored: npm and a terminal both send it. */
function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, resolve);
  });
}

function complain(name: string, problems: readonly string[], code: number): void {
  for (const problem of problems) console.error(`${name}: ${problem}`);
  process.exit(code);
}
