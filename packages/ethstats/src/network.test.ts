import { type Hello, type Message, readMessage } from "./message.ts";
import { bestBlock, Network } from "./network.ts";
import {
  emitted,
  factsOf,
  hashOf,
  sampleBlock,
  sampleHello,
  sampleStats,
} from "./testing/sample-messages.ts";

let time: number;
let network: Network;
let changes: string[];
beforeEach(() => {
  time = 0;
  changes = [];
  network = new Network({ maxNodes: 3, forgetAfter: 60_000, now: () => new Date(time) });
  network.listen({
    nodeChanged: (name) => changes.push(name),
    blocksChanged: () => changes.push("blocks"),
  });
});

const message = (type: string, payload: object) => readMessage(emitted(type, payload)) as Message;
const hello = (name: string) => message("hello", sampleHello(name, "")).payload as Hello;
const join = (name: string) => network.join(hello(name));
const report = (name: string, type: string, payload: object) => network.report(name, message(type, payload));
const block = (name: string, number: number, fork?: { fork?: string; parent?: string }) =>
  report(name, "block", { block: sampleBlock(number, fork) });
const history = (name: string, from: number, to: number) => {
  const blocks = Array.from({ length: to - from + 1 }, (_, index) => sampleBlock(to - index));
  return report(name, "history", { history: blocks });
};
const chain = () => network.blocks().map(({ number }) => number);
const names = () => network.view().nodes.map(({ name }) => name);

describe("a node", () => {
  it("is online with what it said of itself, and null for what it has not", () => {
    time = 1_000;
    expect(join("s1")).toBe(true);
    expect(network.node("s1")).toEqual({
      ...factsOf("s1"),
      online: true,
      since: new Date(1_000),
      latency: null,
      active: null,
      mining: null,
      syncing: null,
      hashrate: null,
      peers: null,
      gasPrice: null,
      uptime: null,
      pending: null,
      block: null,
    });
    expect(changes).toEqual(["s1"]);
  });

  it("has what it reported last", () => {
    join("s1");
    report("s1", "latency", { latency: "3" });
    report("s1", "pending", { stats: { pending: 4 } });
    report("s1", "stats", { stats: sampleStats });
    report("s1", "pending", { stats: { pending: 5 } });
    expect(network.node("s1")).toMatchObject({ latency: 3, pending: 5, ...sampleStats });
    expect(changes).toHaveLength(5);
  });

  it("has the time at which its block came, not that at which it was repeated", () => {
    join("s1");
    time = 1_000;
    block("s1", 7);
    time = 16_000;
    changes = [];
    block("s1", 7);
    expect(network.node("s1")?.block).toMatchObject({ number: 7, received: new Date(1_000) });
    expect(changes).toEqual([]);
    block("s1", 8);
    expect(network.node("s1")?.block).toMatchObject({ number: 8, received: new Date(16_000) });
    expect(changes).toEqual(["s1", "blocks"]);
  });

  it("is offline when it has left, with what it had, until it comes again", () => {
    join("s1");
    block("s1", 7);
    time = 5_000;
    network.leave("s1");
    expect(network.node("s1")).toMatchObject({ online: false, since: new Date(5_000), block: { number: 7 } });
    time = 9_000;
    join("s1");
    expect(network.node("s1")).toMatchObject({ online: true, since: new Date(9_000), block: { number: 7 } });
    expect(names()).toEqual(["s1"]);
  });

  it("is forgotten when it has been away for long enough", () => {
    join("s1");
    join("s2");
    network.leave("s1");
    time = 59_999;
    network.forget();
    expect(names()).toEqual(["s1", "s2"]);
    time = 60_000;
    changes = [];
    network.forget();
    expect(names()).toEqual(["s2"]);
    expect(changes).toEqual(["s1"]);
  });

  it("that nobody knows is not heard", () => {
    expect(block("s1", 7)).toBe(false);
    network.leave("s1");
    expect(network.view()).toEqual({ time: new Date(0), nodes: [], blocks: [] });
  });
});

describe("a full list", () => {
  beforeEach(() => ["c", "a", "b"].forEach(join));

  it("takes nobody while all are online, but those who are in it", () => {
    expect(join("d")).toBe(false);
    expect(join("a")).toBe(true);
    expect(names()).toEqual(["a", "b", "c"]);
  });

  it("forgets who has been away for the longest time", () => {
    time = 1_000;
    network.leave("b");
    time = 2_000;
    network.leave("a");
    expect(join("d")).toBe(true);
    expect(names()).toEqual(["a", "c", "d"]);
  });
});

describe("the chain", () => {
  it("grows with the blocks of the nodes", () => {
    join("s1");
    join("s2");
    block("s1", 1);
    block("s2", 1);
    block("s2", 2);
    block("s1", 2);
    expect(network.blocks().map(({ number, seconds }) => [number, seconds])).toEqual([
      [1, null],
      [2, 2],
    ]);
    expect(changes.filter((change) => change === "blocks")).toHaveLength(2);
  });

  it("is that of the highest block of a node that is online", () => {
    join("s1");
    join("s2");
    block("s1", 2);
    block("s2", 9, { fork: "b" });
    expect(bestBlock(network.view().nodes)?.number).toBe(9);
    expect(chain()).toEqual([9]);
    network.leave("s2");
    block("s1", 3);
    expect(chain()).toEqual([2, 3]);
  });

  it("follows when the fork that it was on is given up", () => {
    join("s1");
    block("s1", 1);
    block("s1", 2);
    block("s1", 2, { fork: "b", parent: "a" });
    block("s1", 3, { fork: "b" });
    expect(network.blocks().map(({ hash }) => hash)).toEqual([hashOf(1), hashOf(2, "b"), hashOf(3, "b")]);
  });

  it("is whole again after an old block that a node told once more", () => {
    join("s1");
    block("s1", 60);
    block("s1", 57);
    history("s1", 11, 60);
    expect(chain().at(-1)).toBe(57);
    block("s1", 61);
    expect(chain()).toHaveLength(50);
    expect(chain().at(-1)).toBe(61);
  });

  it("starts anew with a network that does", () => {
    join("s1");
    block("s1", 5_000);
    block("s1", 1, { fork: "b" });
    expect(chain()).toEqual([1]);
  });

  it("stays when the last node goes away", () => {
    join("s1");
    block("s1", 5);
    network.leave("s1");
    expect(bestBlock(network.view().nodes)).toBeUndefined();
    expect(chain()).toEqual([5]);
  });

  it("is asked for where it is not known", () => {
    join("s1");
    expect(block("s1", 7)).toBe(true);
    history("s1", 0, 7);
    expect(chain()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(block("s1", 8)).toBe(false);
  });

  it("is asked for again after a gap, but of nobody too often", () => {
    for (const name of ["s1", "s2"]) join(name);
    expect(block("s1", 60)).toBe(true);
    expect(block("s2", 60)).toBe(false);
    time = 10_000;
    expect(block("s1", 61)).toBe(false);
    expect(block("s2", 61)).toBe(true);
    time = 300_000;
    expect(block("s1", 62)).toBe(true);
  });

  it("is not asked of a node that lags behind", () => {
    join("s1");
    join("s2");
    block("s1", 60);
    history("s1", 11, 60);
    time = 20_000;
    expect(block("s2", 5)).toBe(false);
    expect(chain()).toHaveLength(50);
  });

  it("takes no history before there is a head", () => {
    join("s1");
    history("s1", 1, 3);
    expect(chain()).toEqual([]);
  });
});
