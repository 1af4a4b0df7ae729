import type { DestinationStream } from "pino";

/** The time for which a line waits for others, in milliseconds. */
const delay = 10;
/** The number of characters that are written before the delay is over. */
const maxLength = 65_536;
/** pino's number for `warn`. */
const warn = 40;

/** A destination for which pino sets the level of a line before the line is written. */
interface LevelDestination extends DestinationStream {
  lastLevel?: number;
}

/**
 * A destination that collects lines for up to 10 ms and writes them together, because a write to a pipe takes several times as
 * long as formatting a line. A warning or an error is written at once, with the lines before it. Collected lines are also written
 * when the process exits, by process.exit or after an uncaught error. A signal without a handler, such as SIGKILL, and a crash of
 * Node.js lose them.
 * @param output writes synchronously
 */
export function bufferedDestination(output: DestinationStream): LevelDestination {
  let lines = "";
  const flush = () => {
    if (lines === "") return;
    const written = lines;
    lines = "";
    output.write(written);
  };
  process.on("exit", flush);
  const destination: LevelDestination = {
    write(line) {
      const isUrgent = (destination.lastLevel ?? warn) >= warn;
      if (lines === "" && !isUrgent) setTimeout(flush, delay).unref();
      lines += line;
      if (isUrgent || lines.length >= maxLength) flush();
    },
  };
  // This property tells pino to set the level.
  return Object.assign(destination, { [Symbol.for("pino.metadata")]: true });
}
