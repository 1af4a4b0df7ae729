import type { DestinationStream } from "pino";

/** The number of characters that are written before the end of a turn, because a long turn may log much. */
const maxLength = 65_536;

/**
 * A destination that collects the lines of a turn of the event loop and writes them together. A write takes longer than
 * formatting a line, and a busy function answers several calls in a turn. Lines of the current turn are also written when the
 * process exits, by process.exit or after an uncaught error. A signal without a handler, such as SIGKILL, and a crash of
 * Node.js lose the lines of that turn.
 * @param output writes synchronously
 */
export function turnDestination(output: DestinationStream): DestinationStream {
  let lines = "";
  const flush = () => {
    if (lines === "") return;
    const written = lines;
    lines = "";
    output.write(written);
  };
  process.on("exit", flush);
  return {
    write(line) {
      if (lines === "") setImmediate(flush);
      lines += line;
      if (lines.length >= maxLength) flush();
    },
  };
}
