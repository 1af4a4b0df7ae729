import { EventReaders, eventOf } from "@platform/shared/service/event-readers";
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

/**
 * `GET /api/events`: server-sent events. First `snapshot` (what /api/nodes answers), then `node` (a node that has
 * changed), `forgotten` (`{name}`) and `blocks` (the end of the chain).
 */
export class EventStream implements NetworkListener, Disposable {
  readonly #network: Network;
  readonly #readers: EventReaders;
  readonly #nodes = new Set<string>();
  #blocks = false;
  #waiting: NodeJS.Timeout | undefined;

  constructor({ network, metrics, maxClients }: EventStreamOptions) {
    this.#network = network;
    this.#readers = new EventReaders({ maxReaders: maxClients, dropped: () => metrics.dropped.inc() });
    network.listen(this);
  }

  /** Answers a reader, for as long as it reads. */
  open(request: Request, response: Response): void {
    this.#readers.open(request, response, eventOf("snapshot", this.#network.view()));
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
    clearTimeout(this.#waiting);
    this.#readers[Symbol.dispose]();
  }

  #schedule(): void {
    this.#waiting ??= setTimeout(() => this.#flush(), gather);
  }

  #flush(): void {
    if (this.#readers.size > 0) this.#readers.send(this.#changes());
    this.#nodes.clear();
    this.#blocks = false;
    this.#waiting = undefined;
  }

  #changes(): string {
    const events = [...this.#nodes].map((name) => {
      const node = this.#network.node(name);
      return node === undefined ? eventOf("forgotten", { name }) : eventOf("node", node);
    });
    if (this.#blocks) events.push(eventOf("blocks", this.#network.blocks()));
    return events.join("");
  }
}
