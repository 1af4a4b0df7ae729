import type { DestinationStream } from "pino";

/** So many characters are written before the turn ends, because a long turn may log much. */
const most = 65_536;

/**
 * A destination that collects the lines of a turn of the event loop and writes them together. A write takes longer than
 * making a line, and a busy function answers several calls in a turn. Lines of the current turn are also written when the
 * process exits, on purpose or by an uncaught error. SIGKILL, and a crash of Node.js itself, lose the lines of that turn.
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
      if (lines.length >= most) flush();
    },
  };
}
