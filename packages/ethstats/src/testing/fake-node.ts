import { once } from "node:events";
import { WebSocket } from "ws";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { emitted, sampleHello } from "./sample-messages.ts";

/** A fake node: a client of the protocol. */
export class FakeNode {
  readonly name: string;
  readonly socket: WebSocket;
  /** The received messages, as `[type, payload]`. */
  readonly received: [string, unknown?][] = [];
  /** The received frames of Primus. */
  readonly frames: string[] = [];
  /** Resolves with the close code and reason. */
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(name: string, socket: WebSocket) {
    this.name = name;
    this.socket = socket;
    socket.on("message", (data) => {
      const message = JSON.parse(String(data));
      if (typeof message === "string") this.frames.push(message);
      else this.received.push(message.emit);
    });
    socket.on("error", () => {
      // A close follows.
    });
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  /** Connects without a hello. */
  static async connect(url: string, name = "stranger", path = "/api"): Promise<FakeNode> {
    const node = new FakeNode(name, new WebSocket(`${url.replace("http", "ws")}${path}`));
    await once(node.socket, "open");
    return node;
  }

  /** Connects and logs in. */
  static async login(url: string, name: string, secret: string): Promise<FakeNode> {
    const node = await FakeNode.connect(url, name);
    node.emit("hello", sampleHello(name, secret));
    await node.get("ready");
    return node;
  }

  emit(type: string, payload: object): void {
    this.socket.send(emitted(type, { id: this.name, ...payload }));
  }

  /** Waits for the first message of this type and returns its payload. */
  async get(type: string): Promise<unknown> {
    const find = () => this.received.find(([name]) => name === type);
    const [, payload] = await waitFor(`${type} for ${this.name}`, find);
    return payload;
  }
}
