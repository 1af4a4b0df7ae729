import { createRequire } from "node:module";
import { isatty } from "node:tty";
import type { DestinationStream } from "pino";

/**
 * Returns a destination that formats a logger's lines for people, with colours on a terminal unless NO_COLOR is set. Undefined
 * if JSON is wanted, or if pino-pretty is not installed: it is a development dependency, which images lack.
 *
 * @param output writes to standard error
 */
export function prettyDestination(
  output: DestinationStream,
  env: NodeJS.ProcessEnv,
): DestinationStream | undefined {
  const onTerminal = isatty(2);
  const isPretty = env.LOG_FORMAT ? env.LOG_FORMAT === "pretty" : onTerminal;
  if (!isPretty) return undefined;
  const prettify = loadPrettifier({
    // The local gateway sets FORCE_COLOR for functions whose output it writes to a terminal.
    colorize: (onTerminal || env.FORCE_COLOR === "1") && !env.NO_COLOR,
    ignore: "name",
    messageFormat: "{name}: {msg}",
    errorLikeObjectKeys: ["error"],
    singleLine: true,
    translateTime: "SYS:HH:MM:ss.l",
  });
  if (prettify === undefined) return undefined;
  return { write: (line) => output.write(prettify(line)) };
}

function loadPrettifier(options: object): ((line: string) => string) | undefined {
  try {
    // Not import, because esbuild would add pino-pretty to every bundle.
    const { prettyFactory } = createRequire(__filename)("pino-pretty");
    return prettyFactory(options);
  } catch {
    return undefined;
  }
}
