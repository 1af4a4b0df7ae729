/** A line that a function has written. */
export interface LogLine {
  /** When it was read, in milliseconds since 1970. */
  time: number;
  /** The process that wrote it. */
  instance: string;
  text: string;
}

/** How much is kept of a function. */
const mostLines = 2_000;
const mostBytes = 1_000_000;

/** The last lines that a function has written, and who follows them. */
export class FunctionLogs {
  readonly #lines: LogLine[] = [];
  readonly #followers = new Set<(line: LogLine) => void>();
  #bytes = 0;

  /** Keeps a line; the oldest ones go when it becomes too much. */
  add(line: LogLine): void {
    this.#lines.push(line);
    this.#bytes += line.text.length;
    while (this.#lines.length > mostLines || this.#bytes > mostBytes) {
      this.#bytes -= this.#lines.shift()!.text.length;
    }
    for (const follower of this.#followers) follower(line);
  }

  /** The lines that are kept, the oldest first. */
  lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Hands each new line on, until the function that it returns is called. */
  follow(follower: (line: LogLine) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }
}
