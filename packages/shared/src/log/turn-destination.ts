import type { DestinationStream } from "pino";

/** The number of characters that are written before the end of a turn, because a long turn may log much. */
const maxLength = 65_536;
/** pino's number for `warn`. */
const warn = 40;

/** A destination for which pino sets the level of a line before the line is written. */
interface LevelDestination extends DestinationStream {
  lastLevel?: number;
}

/**
 * A destination that collects the lines of a turn of the event loop and writes them together. A write takes longer than
 * formatting a line, and a busy function answers several calls in a turn. A warning or an error is written at once, with the
 * lines before it. Lines of the current turn are also written when the process exits, by process.exit or after an uncaught
 * error. A signal without a handler, such as SIGKILL, and a crash of Node.js lose the other lines of that turn.
 * @param output writes synchronously
 */
export function turnDestination(output: DestinationStream): LevelDestination {
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
      if (lines === "" && !isUrgent) setImmediate(flush);
      lines += line;
      if (isUrgent || lines.length >= maxLength) flush();
    },
  };
  // This property tells pino to set the level.
  return Object.assign(destination, { [Symbol.for("pino.metadata")]: true });
}
