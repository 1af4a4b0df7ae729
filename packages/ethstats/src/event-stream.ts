import { EventReaders, formatEvent } from "@platform/shared/service/event-readers";
import type { Request, Response } from "express";
import type { Metrics } from "./metrics.ts";
import type { Network, NetworkListener } from "./network.ts";
import type { NodeState } from "./node-state.ts";

/** The dependencies of the event stream. */
export interface EventStreamOptions {
  network: Network;
  metrics: Pick<Metrics, "dropped">;
  maxClients: number;
}

/** Changes are collected for this long, in milliseconds: with 200 nodes, a new block is 400 messages. */
const interval = 250;

/**
 * `GET /api/events`: server-sent events. First `snapshot` (the answer of /api/nodes), then, at most four times a second,
 * `forgotten` (`{name}`), `nodes` (the nodes that changed) and `blocks` (the end of the chain).
 */
export class EventStream implements NetworkListener, Disposable {
  readonly #network: Network;
  readonly #readers: EventReaders;
  readonly #nodes = new Set<string>();
  #blocks = false;
  #waiting: NodeJS.Timeout | undefined;

  constructor({ network, metrics, maxClients }: EventStreamOptions) {
    this.#network = network;
    this.#readers = new EventReaders({ maxReaders: maxClients, onDrop: () => metrics.dropped.inc() });
    network.listen(this);
  }

  /** Sends events to a reader until it disconnects. */
  open(request: Request, response: Response): void {
    this.#readers.open(request, response, formatEvent("snapshot", this.#network.view()));
  }

  nodeChanged(name: string): void {
    this.#nodes.add(name);
    this.#schedule();
  }

  blocksChanged(): void {
    this.#blocks = true;
    this.#schedule();
  }

  /** Ends all responses. */
  [Symbol.dispose](): void {
    clearTimeout(this.#waiting);
    this.#readers[Symbol.dispose]();
  }

  #schedule(): void {
    this.#waiting ??= setTimeout(() => this.#flush(), interval);
  }

  #flush(): void {
    if (this.#readers.size > 0) this.#readers.send(this.#changes());
    this.#nodes.clear();
    this.#blocks = false;
    this.#waiting = undefined;
  }

  #changes(): string {
    const events: string[] = [];
    const nodes: NodeState[] = [];
    for (const name of this.#nodes) {
      const node = this.#network.node(name);
      if (node === undefined) events.push(formatEvent("forgotten", { name }));
      else nodes.push(node);
    }
    if (nodes.length > 0) events.push(formatEvent("nodes", nodes));
    if (this.#blocks) events.push(formatEvent("blocks", this.#network.blocks()));
    return events.join("");
  }
}
