import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** The behaviour of a fake node; a test may change it at any time. */
interface Behaviour {
  /** Does not answer calls. */
  isSilent: boolean;
  /** Sends new heads to its subscriptions. */
  sendsHeads: boolean;
  /** Answers pings. */
  sendsPongs: boolean;
  /** The HTTP status instead of a WebSocket; 101 opens it. */
  status: number;
  /** The body of that response. */
  refusal: string;
  /** A method that it does not support. */
  unknownMethod: string;
}

/** A block of the fake node in JSON-RPC. */
interface FakeBlock {
  number: string;
  hash: string;
  parentHash: string;
  timestamp: string;
}

/** A fake Ethereum node behind a WebSocket. */
export interface FakeWebSocketNode extends Behaviour, AsyncDisposable {
  url: string;
  host: string;
  /** The called methods, in order. */
  calls: string[];
  /** The number of attempts to open a connection. */
  attempts: number;
  /** The number of connections. */
  connections: number;
  /** The headers of the last handshake. */
  headers: Record<string, unknown>;
  blocks: FakeBlock[];
  /** Appends a block, by default with the next number and two seconds after the last one, and notifies its subscriptions. */
  addBlock(block?: Partial<FakeBlock>): FakeBlock;
  /** Holds the answers to calls of a method until the returned function is called. */
  hold(method: string): () => void;
  /** Sends a text to all connections. */
  say(text: string): void;
  /** Whether there are no connections. */
  isDeserted(): boolean;
  /** Breaks all connections. */
  drop(): void;
  /** Breaks all connections and accepts no more. */
  kill(): Promise<void>;
  /** Accepts connections again, under the same URL. */
  revive(): Promise<void>;
}

const hex = (number: number) => `0x${number.toString(16)}`;
const toHash = (number: number) => `0x${number.toString(16).padStart(64, "0")}`;

/** Starts a node on loopback with one block. */
export async function startFakeWebSocketNode(behaviour: Partial<Behaviour> = {}): Promise<FakeWebSocketNode> {
  let server: Server | undefined;
  let blockCount = 0;
  const sockets = new Set<WebSocket>();
  const subscriptions = new Set<WebSocket>();
  const held = new Map<string, (() => void)[]>();

  const say = (text: string) => {
    for (const socket of sockets) socket.send(text);
  };
  const drop = () => {
    for (const socket of sockets) socket.terminate();
  };

  function accept(socket: WebSocket): void {
    node.connections += 1;
    sockets.add(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      subscriptions.delete(socket);
    });
    socket.on("error", () => undefined);
    socket.on("ping", (data) => node.sendsPongs && socket.pong(data));
    socket.on("message", (data) => {
      const { id, method, params } = JSON.parse(String(data));
      node.calls.push(method);
      if (node.isSilent) return;
      if (method === "eth_subscribe") subscriptions.add(socket);
      const outcome =
        method === node.unknownMethod
          ? { error: { code: -32601, message: `the method ${method} does not exist` } }
          : { result: answerCall(node.blocks, method, params) };
      const answer = JSON.stringify({ jsonrpc: "2.0", id, ...outcome });
      const holding = held.get(method);
      if (holding === undefined) socket.send(answer);
      else holding.push(() => socket.send(answer));
    });
  }

  async function listen(port: number): Promise<number> {
    const http = createServer().listen(port, "127.0.0.1");
    const webSockets = new WebSocketServer({ noServer: true, autoPong: false });
    http.on("upgrade", (request, socket, head) => {
      node.attempts += 1;
      node.headers = { ...request.headers };
      if (node.status === 101) return webSockets.handleUpgrade(request, socket, head, accept);
      const length = Buffer.byteLength(node.refusal);
      socket.end(`HTTP/1.1 ${node.status} No\r\nContent-Length: ${length}\r\n\r\n${node.refusal}`);
    });
    await once(http, "listening");
    server = http;
    return (http.address() as AddressInfo).port;
  }

  const node: FakeWebSocketNode = {
    ...{
      isSilent: false,
      sendsHeads: true,
      sendsPongs: true,
      status: 101,
      refusal: "",
      unknownMethod: "",
      ...behaviour,
    },
    ...{ url: "", host: "", calls: [], attempts: 0, connections: 0, headers: {}, blocks: [] },
    addBlock(block = {}) {
      blockCount += 1;
      const last = node.blocks.at(-1);
      const added = {
        number: hex(Number(last?.number ?? -1) + 1),
        hash: toHash(blockCount),
        parentHash: last?.hash ?? toHash(0),
        timestamp: hex(Number(last?.timestamp ?? 98) + 2),
        ...block,
      };
      node.blocks.push(added);
      const params = { subscription: "0x9", result: added };
      const message = JSON.stringify({ jsonrpc: "2.0", method: "eth_subscription", params });
      if (node.sendsHeads) for (const socket of subscriptions) socket.send(message);
      return added;
    },
    hold(method) {
      const answers: (() => void)[] = [];
      held.set(method, answers);
      return () => {
        held.delete(method);
        for (const send of answers) send();
      };
    },
    say,
    isDeserted: () => sockets.size === 0,
    drop,
    async kill() {
      drop();
      server?.close();
      server = undefined;
    },
    async revive() {
      await listen(Number(new URL(node.url).port));
    },
    [Symbol.asyncDispose]: async () => node.kill(),
  };
  node.addBlock();
  const boundPort = await listen(0);
  node.host = `127.0.0.1:${boundPort}`;
  node.url = `ws://${node.host}`;
  return node;
}

function answerCall(blocks: readonly FakeBlock[], method: string, [which, full]: unknown[]): unknown {
  if (method === "eth_chainId") return "0x6bc3";
  if (method === "eth_subscribe") return "0x9";
  const last = blocks.at(-1);
  if (method === "eth_blockNumber") return last?.number;
  const key = method === "eth_getBlockByHash" ? "hash" : "number";
  const block = which === "latest" ? last : [...blocks].reverse().find((known) => known[key] === which);
  return block === undefined ? null : { ...block, transactions: full ? [{ hash: block.hash }] : [] };
}
