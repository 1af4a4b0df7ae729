import type { Request, Response } from "express";
import { toJson } from "../function/answer.ts";
import { sendProblem } from "./problem-response.ts";

/** Who reads a stream of events. */
export interface EventReadersOptions {
  /** Further readers get 503. */
  maxReaders: number;
  /** Is told of each reader that was dropped because it reads too slowly. */
  dropped?(): void;
}

/** Proxies end connections on which nothing comes. */
const heartbeat = 15_000;
/** What may wait for a reader, in bytes: the largest event, and then some. */
const mostUnsent = 1_000_000;

/** The readers of server-sent events. Disposing of it ends every answer. */
export class EventReaders implements Disposable {
  readonly #options: EventReadersOptions;
  readonly #readers = new Set<Response>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(options: EventReadersOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => this.send(":\n\n"), heartbeat);
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Answers a reader for as long as it reads, first with some events. */
  open(request: Request, response: Response, first: string): void {
    if (this.size >= this.#options.maxReaders) {
      sendProblem(response, 503, "too_many_readers", "Too many read the events already; try again later.", {
        "retry-after": "10",
      });
      return;
    }
    response.set({
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // So that the connection ends with the answer.
      connection: "close",
      // nginx would hold events back.
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

  /** Sends events to all. */
  send(events: string): void {
    for (const response of this.#readers) {
      if (response.writableLength <= mostUnsent) {
        response.write(events);
        continue;
      }
      this.#options.dropped?.();
      this.#readers.delete(response);
      response.destroy();
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#heartbeat);
    for (const response of this.#readers) response.end();
  }
}

/** One event. JSON has no line ends, so that one line of data holds it. */
export function eventOf(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${toJson(data)}\n\n`;
}
