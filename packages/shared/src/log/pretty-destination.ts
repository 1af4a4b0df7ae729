import { createRequire } from "node:module";
import { isatty } from "node:tty";
import type { DestinationStream } from "pino";

/**
 * Writes a logger's lines to standard error as text for people, with colours on a terminal unless NO_COLOR is set.
 * Undefined when JSON is wanted, or when pino-pretty is not installed, as in the images: it is a development dependency.
 *
 * @param output writes to standard error
 */
export function prettyDestination(
  output: DestinationStream,
  env: NodeJS.ProcessEnv,
): DestinationStream | undefined {
  const onTerminal = isatty(2);
  const wanted = env.LOG_FORMAT ? env.LOG_FORMAT === "pretty" : onTerminal;
  if (!wanted) return undefined;
  const prettify = loadPrettifier({
    // The local gateway sets FORCE_COLOR for functions whose output it writes to a terminal.
    colorize: (onTerminal || env.FORCE_COLOR === "1") && !env.NO_COLOR,
    // The name of the function or service stands in front of its messages.
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
    // Not import: esbuild would put pino-pretty into every bundle.
    const { prettyFactory } = createRequire(__filename)("pino-pretty");
    return prettyFactory(options);
  } catch {
    return undefined;
  }
}
