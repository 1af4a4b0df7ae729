import { toJson } from "@platform/shared/function/answer";
import { sendProblem } from "@platform/shared/service/problem-response";
import type { Request, Response } from "express";
import type { Metrics } from "./metrics.ts";
import type { Network, NetworkListener } from "./network.ts";

/** What the stream of events needs. */
export interface EventStreamOptions {
  network: Network;
  metrics: Pick<Metrics, "dropped">;
  maxClients: number;
}

/** Changes wait this long for others, in milliseconds: a node sends four messages at a time. */
const gather = 100;
/** Proxies end connections on which nothing comes. */
const heartbeat = 15_000;
/** What may wait for a reader, in bytes: the largest snapshot, and then some. */
const mostUnsent = 1_000_000;

/**
 * `GET /api/events`: server-sent events. First `snapshot` (what /api/nodes answers), then `node` (a node that has
 * changed), `forgotten` (`{name}`) and `blocks` (the end of the chain).
 */
export class EventStream implements NetworkListener, Disposable {
  readonly #options: EventStreamOptions;
  readonly #clients = new Set<Response>();
  readonly #nodes = new Set<string>();
  readonly #heartbeat: NodeJS.Timeout;
  #blocks = false;
  #waiting: NodeJS.Timeout | undefined;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => this.#send(":\n\n"), heartbeat);
    options.network.listen(this);
  }

  /** Answers a reader, for as long as it reads. */
  open(request: Request, response: Response): void {
    if (this.#clients.size >= this.#options.maxClients) {
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
    response.on("close", () => this.#clients.delete(response));
    this.#clients.add(response);
    response.write(`retry: 2000\n\n${event("snapshot", this.#options.network.view())}`);
  }

  nodeChanged(name: string): void {
    this.#nodes.add(name);
    this.#schedule();
  }

  blocksChanged(): void {
    this.#blocks = true;
    this.#schedule();
  }

  /** Ends every answer. */
  [Symbol.dispose](): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#waiting);
    for (const response of this.#clients) response.end();
  }

  #schedule(): void {
    this.#waiting ??= setTimeout(() => this.#flush(), gather);
  }

  #flush(): void {
    if (this.#clients.size > 0) this.#send(this.#changes());
    this.#nodes.clear();
    this.#blocks = false;
    this.#waiting = undefined;
  }

  #changes(): string {
    const { network } = this.#options;
    const events = [...this.#nodes].map((name) => {
      const node = network.node(name);
      return node === undefined ? event("forgotten", { name }) : event("node", node);
    });
    if (this.#blocks) events.push(event("blocks", network.blocks()));
    return events.join("");
  }

  #send(text: string): void {
    for (const response of this.#clients) {
      if (response.writableLength <= mostUnsent) {
        response.write(text);
        continue;
      }
      this.#options.metrics.dropped.inc();
      this.#clients.delete(response);
      response.destroy();
    }
  }
}

/** JSON has no line ends, so that one line of data holds it. */
function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${toJson(data)}\n\n`;
}
