import { EventEmitter, once } from "node:events";
import { type LogQuery, matches } from "./log-query.ts";
import { type LogLine, type LogSource, SlowReaderError } from "./log-source.ts";

/** The limits of kept lines and characters. */
const maxLines = 2_000;
const maxBytes = 1_000_000;
/** Maximum buffered lines of a follower. */
const maxUnread = 4_000_000;

/** The last log lines of a function, and their followers. */
export class FunctionLogs implements LogSource {
  readonly #lines: LogLine[] = [];
  readonly #followers = new Set<(line: LogLine) => void>();
  #bytes = 0;

  /** Adds a line, and drops the oldest ones above the limits. */
  add(line: LogLine): void {
    this.#lines.push(line);
    this.#bytes += line.text.length;
    while (this.#lines.length > maxLines || this.#bytes > maxBytes) {
      this.#bytes -= this.#lines.shift()!.text.length;
    }
    for (const follower of this.#followers) follower(line);
  }

  async read(query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>> {
    const { follow, tail } = query;
    const lines = this.#lines.filter((line) => matches(query, line)).slice(-(tail ?? 0));
    return follow ? this.#follow(lines, query, signal) : toAsync(lines);
  }

  /** Yields the kept lines, and then new lines until the signal aborts. */
  async *#follow(unread: LogLine[], query: LogQuery, signal: AbortSignal): AsyncGenerator<LogLine> {
    const arrivals = new EventEmitter();
    let unreadBytes = unread.reduce((sum, { text }) => sum + text.length, 0);
    const follower = (line: LogLine) => {
      if (!matches(query, line)) return;
      unreadBytes += line.text.length;
      if (unreadBytes <= maxUnread) unread.push(line);
      arrivals.emit("line");
    };
    this.#followers.add(follower);
    try {
      while (!signal.aborted) {
        const line = unread.shift();
        if (unreadBytes > maxUnread) throw new SlowReaderError();
        unreadBytes -= line?.text.length ?? 0;
        if (line !== undefined) yield line;
        else await once(arrivals, "line", { signal }).catch(() => undefined);
      }
    } finally {
      this.#followers.delete(follower);
    }
  }
}

async function* toAsync(lines: readonly LogLine[]): AsyncGenerator<LogLine> {
  yield* lines;
}
