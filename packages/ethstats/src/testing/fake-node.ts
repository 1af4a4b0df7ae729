import { once } from "node:events";
import { WebSocket } from "ws";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { emitted, sampleHello } from "./sample-messages.ts";

/** A client that speaks a node's side of the protocol. */
export class FakeNode {
  readonly name: string;
  readonly socket: WebSocket;
  /** What the server sent: `[type, payload]` each. */
  readonly received: [string, unknown?][] = [];
  /** Frames of Primus that the server sent. */
  readonly frames: string[] = [];
  /** Resolves with the code and the reason of the end. */
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

  /** Connects, and says nothing yet. */
  static async connect(url: string, name = "stranger", path = "/api"): Promise<FakeNode> {
    const node = new FakeNode(name, new WebSocket(`${url.replace("http", "ws")}${path}`));
    await once(node.socket, "open");
    return node;
  }

  /** Connects and is let in. */
  static async login(url: string, name: string, secret: string): Promise<FakeNode> {
    const node = await FakeNode.connect(url, name);
    node.emit("hello", sampleHello(name, secret));
    await node.get("ready");
    return node;
  }

  emit(type: string, payload: object): void {
    this.socket.send(emitted(type, { id: this.name, ...payload }));
  }

  /** The payload of the first message of this type, once it has come. */
  async get(type: string): Promise<unknown> {
    const find = () => this.received.find(([name]) => name === type);
    const [, payload] = await waitFor(`${type} for ${this.name}`, find);
    return payload;
  }
}
