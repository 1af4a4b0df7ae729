import type { BlockView, NetworkView, NodeView } from "./view.ts";

/** The data of each event of `api/events`. */
interface EventData {
  snapshot: NetworkView;
  nodes: readonly NodeView[];
  forgotten: { name: string };
  blocks: readonly BlockView[];
}

/** A handler for each event, and for the state of the connection. */
export type Handlers = { [Name in keyof EventData]: (data: EventData[Name]) => void } & {
  connection(live: boolean): void;
};

const retryAfterMs = 5_000;

/** Reads the events of the server, and reconnects after a loss. */
export function connect(handlers: Handlers): void {
  const events = new EventSource("api/events");
  function on<Name extends keyof EventData>(name: Name, handle: (data: EventData[Name]) => void): void {
    events.addEventListener(name, ({ data }) => handle(JSON.parse(data)));
  }
  on("snapshot", handlers.snapshot);
  on("nodes", handlers.nodes);
  on("forgotten", handlers.forgotten);
  on("blocks", handlers.blocks);
  events.addEventListener("open", () => handlers.connection(true));
  events.addEventListener("error", () => {
    handlers.connection(false);
    // The browser reconnects by itself, except after a response with an error status.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => connect(handlers), retryAfterMs);
  });
}
