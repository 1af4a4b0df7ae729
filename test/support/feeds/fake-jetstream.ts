import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import type { FakeNetwork, FakePost } from "./fake-network.ts";

/** Faults of a server. */
export interface JetstreamFaults {
  /** Drops each connection after this number of events. */
  dropAfter?: number;
  /** Sends each event twice. */
  repeats?: boolean;
  /** Milliseconds by which its clock is fast: other servers give an event another time. */
  fastMs?: number;
  /** Milliseconds after which it forgets events. */
  retentionMs?: number;
}

/** A server on 127.0.0.1 that implements Jetstream's documented protocol. */
export interface StartedJetstream extends AsyncDisposable {
  /** Its `subscribe` endpoint. */
  url: string;
  /** The query of each connection. */
  queries: URLSearchParams[];
  faults: JetstreamFaults;
  /** Ends all connections at once. */
  drop(): void;
  /** Sends a message that is not a post to all clients. */
  send(message: unknown): void;
}

const collection = "app.bsky.feed.post";
/** Waits for slow clients. */
const maxBuffered = 1_000_000;

/** Starts it. `/subscribe` accepts the parameters wantedCollections, cursor and maxMessageSizeBytes, and refuses others. */
export async function startJetstream(
  network: FakeNetwork,
  faults: JetstreamFaults = {},
): Promise<StartedJetstream> {
  const queries: URLSearchParams[] = [];
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, path: "/subscribe" });
  await once(server, "listening");

  server.on("connection", (socket, request) => {
    const query = new URL(request.url!, "http://jetstream").searchParams;
    queries.push(query);
    const known = ["wantedCollections", "cursor", "maxMessageSizeBytes"];
    if ([...query.keys()].some((key) => !known.includes(key))) return socket.close(1008, "unknown parameter");
    const skewUs = (faults.fastMs ?? 0) * 1_000;
    const toServerTime = ({ timeUs }: FakePost) => timeUs + skewUs;
    const cursor = Number(query.get("cursor") ?? Number.NaN);
    const oldest = (Date.now() - (faults.retentionMs ?? Number.POSITIVE_INFINITY)) * 1_000;
    // Without a cursor, and with a cursor in the future, it sends only new events.
    const isTail = Number.isNaN(cursor) || cursor > Date.now() * 1_000 + skewUs;
    const first = network.posts.findIndex(
      (post) => !isTail && toServerTime(post) >= cursor && post.timeUs >= oldest,
    );
    let next = first < 0 ? network.posts.length : first;
    let sent = 0;
    const flush = () => {
      while (next < network.posts.length && socket.readyState === WebSocket.OPEN) {
        if (socket.bufferedAmount > maxBuffered) return;
        const post = network.posts[next++]!;
        const text = JSON.stringify(toEvent(post, toServerTime(post)));
        for (let times = faults.repeats ? 2 : 1; times > 0; times--) socket.send(text);
        if (faults.dropAfter !== undefined && ++sent >= faults.dropAfter) return socket.terminate();
      }
    };
    const stop = network.listen(flush);
    const timer = setInterval(flush, 5);
    socket.on("error", () => undefined);
    socket.on("close", () => {
      stop();
      clearInterval(timer);
    });
    flush();
  });

  const drop = () => {
    for (const client of server.clients) client.terminate();
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/subscribe`,
    queries,
    faults,
    drop,
    send(message) {
      const text = typeof message === "string" ? message : JSON.stringify(message);
      for (const client of server.clients) client.send(text);
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      drop();
      await closed;
    },
  };
}

function toEvent({ did, operation, rkey, text, timeUs }: FakePost, time: number) {
  const createdAt = new Date(timeUs / 1_000).toISOString();
  return {
    did,
    time_us: time,
    kind: "commit",
    commit: {
      rev: `rev${timeUs}`,
      operation,
      collection,
      rkey,
      ...(operation === "delete"
        ? {}
        : { record: { $type: collection, createdAt, langs: ["en"], text }, cid: `bafy${timeUs}` }),
    },
  };
}
