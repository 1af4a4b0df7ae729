import type { Request, Response } from "express";
import { toJson } from "../function/answer.ts";
import { sendProblem } from "./problem-response.ts";

/** Options of an event stream. */
export interface EventReadersOptions {
  /** The maximum number of readers. Further ones get 503. */
  maxReaders: number;
  /** Called for each reader that was dropped because it reads too slowly. */
  onDrop?(): void;
}

/** Proxies close idle connections. */
const heartbeatMs = 15_000;
/** The maximum number of unsent bytes for a reader. It is larger than any event. */
const maxUnsentBytes = 1_000_000;

/** The readers of a stream of server-sent events. Disposing of it ends their responses. */
export class EventReaders implements Disposable {
  readonly #options: EventReadersOptions;
  readonly #readers = new Set<Response>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: EventReadersOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => this.send(":\n\n"), heartbeatMs);
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Adds a reader, and sends it the first events. */
  open(request: Request, response: Response, first: string): void {
    if (this.size >= this.#options.maxReaders) {
      sendProblem(
        response,
        503,
        "too_many_readers",
        "The event stream has too many readers; try again later.",
        {
          "retry-after": "10",
        },
      );
      return;
    }
    response.set({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      connection: "close",
      // Turns off the buffering of nginx.
      "x-accel-buffering": "no",
    });
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    response.on("close", () => this.#readers.delete(response));
    this.#readers.add(response);
    response.write(`retry: 2000\n\n${first}`);
  }

  /** Sends events to all readers. */
  send(events: string): void {
    for (const response of this.#readers) {
      if (response.writableLength <= maxUnsentBytes) {
        response.write(events);
        continue;
      }
      this.#options.onDrop?.();
      this.#readers.delete(response);
      response.destroy();
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#readers) response.end();
  }
}

/** Formats an event. JSON has no line ends, so it fits on one line of data. */
export function formatEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${toJson(data)}\n\n`;
}
