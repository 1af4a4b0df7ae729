import { type Message, readMessage } from "./message.ts";
import { Network } from "./network.ts";
import type { Hello } from "./payloads.ts";
import {
  emitted,
  sampleBlock,
  sampleHash,
  sampleHello,
  sampleStats,
  toFacts,
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
  it("is online with the facts of its hello, and null for other facts", () => {
    time = 1_000;
    expect(join("s1")).toBe("s1");
    expect(network.node("s1")).toEqual({
      ...toFacts("s1"),
      online: true,
      since: new Date(1_000),
      latency: null,
      active: null,
      mining: null,
      syncing: null,
      hashrate: null,
      peers: null,
      gasPrice: null,
      uptime: 100,
      pending: null,
      block: null,
      propagation: { milliseconds: null, average: null, histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    });
    expect(changes).toEqual(["s1"]);
  });

  it("shows its last reports", () => {
    join("s1");
    report("s1", "latency", { latency: "3" });
    report("s1", "pending", { stats: { pending: 4 } });
    report("s1", "stats", { stats: sampleStats });
    report("s1", "pending", { stats: { pending: 5 } });
    expect(network.node("s1")).toMatchObject({ latency: 3, pending: 5, ...sampleStats });
    expect(changes).toHaveLength(5);
  });

  it("keeps the time of the first report of its block", () => {
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
    expect(new Set(changes)).toEqual(new Set(["s1", "blocks"]));
  });

  it("keeps its facts while it is offline", () => {
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

  it("is forgotten after forgetAfter offline", () => {
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

  it("is ignored when it has not joined", () => {
    expect(block("s1", 7)).toEqual([]);
    network.leave("s1");
    expect(network.view()).toEqual({ time: new Date(0), nodes: [], blocks: [] });
  });
});

describe("a full list", () => {
  beforeEach(() => ["c", "a", "b"].forEach(join));

  it("refuses new nodes while all are online, but not returning ones", () => {
    expect(join("d")).toBeUndefined();
    expect(join("a")).toBe("a");
    expect(names()).toEqual(["a", "b", "c"]);
  });

  it("forgets the node that has been offline for the longest time", () => {
    time = 1_000;
    network.leave("b");
    time = 2_000;
    network.leave("a");
    expect(join("d")).toBe("d");
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
    expect(network.blocks().map(({ propagation }) => propagation)).toEqual([0, 0]);
  });

  it("ends with the highest block of an online node", () => {
    join("s1");
    join("s2");
    block("s1", 2);
    block("s2", 9, { fork: "b" });
    expect(network.summary().best).toBe(9);
    expect(chain()).toEqual([9]);
    network.leave("s2");
    block("s1", 3);
    expect(chain()).toEqual([2, 3]);
  });

  it("has the time of the first report of its highest block, and the number of block producers", () => {
    join("s1");
    join("s2");
    expect(network.summary()).toMatchObject({ bestReportedAt: undefined, producers: 0 });
    report("s1", "block", { block: { ...sampleBlock(0), miner: `0x${"0".repeat(40)}` } });
    expect(network.summary()).toMatchObject({ producers: 0 });
    time = 1_000;
    block("s1", 1);
    time = 2_000;
    block("s2", 1);
    expect(network.summary()).toMatchObject({ bestReportedAt: new Date(1_000), producers: 1 });
    const miner = `0x${"8".repeat(40)}`;
    report("s1", "block", { block: { ...sampleBlock(2), miner } });
    network.leave("s1");
    expect(network.summary()).toMatchObject({ bestReportedAt: new Date(2_000), producers: 2 });
  });

  it("follows a node to another fork", () => {
    join("s1");
    block("s1", 1);
    block("s1", 2);
    block("s1", 2, { fork: "b", parent: "a" });
    block("s1", 3, { fork: "b" });
    expect(network.blocks().map(({ hash }) => hash)).toEqual([
      sampleHash(1),
      sampleHash(2, "b"),
      sampleHash(3, "b"),
    ]);
  });

  it("recovers after a repeated report of an old block", () => {
    join("s1");
    block("s1", 60);
    block("s1", 57);
    history("s1", 11, 60);
    expect(chain().at(-1)).toBe(57);
    block("s1", 61);
    expect(chain()).toHaveLength(50);
    expect(chain().at(-1)).toBe(61);
  });

  it("restarts with a restarted network", () => {
    join("s1");
    block("s1", 5_000);
    block("s1", 1, { fork: "b" });
    expect(chain()).toEqual([1]);
  });

  it("stays when the last node leaves", () => {
    join("s1");
    block("s1", 5);
    network.leave("s1");
    expect(network.summary().best).toBeUndefined();
    expect(chain()).toEqual([5]);
  });

  it("requests missing blocks from the reporting node", () => {
    join("s1");
    expect(block("s1", 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    history("s1", 0, 7);
    expect(chain()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(block("s1", 8)).toEqual([]);
  });

  it("asks a node every 5 minutes, and any node every 10 seconds", () => {
    for (const name of ["s1", "s2"]) join(name);
    expect(block("s1", 60)).toHaveLength(49);
    expect(block("s2", 60)).toEqual([]);
    time = 10_000;
    expect(block("s1", 61)).toEqual([]);
    expect(block("s2", 61)).toHaveLength(48);
    time = 300_000;
    expect(block("s1", 62)).toHaveLength(47);
  });

  it("is not requested from a lagging node", () => {
    join("s1");
    join("s2");
    block("s1", 60);
    history("s1", 11, 60);
    time = 20_000;
    expect(block("s2", 5)).toEqual([]);
    expect(chain()).toHaveLength(50);
  });

  it("ignores a history before the first head", () => {
    join("s1");
    history("s1", 1, 3);
    expect(chain()).toEqual([]);
  });
});

describe("uptime", () => {
  it("is the share of the time since the first report that the node was online", () => {
    join("s1");
    time = 30_000;
    expect(network.node("s1")?.uptime).toBe(100);
    network.leave("s1");
    time = 40_000;
    expect(network.node("s1")?.uptime).toBe(75);
    join("s1");
    time = 90_000;
    expect(network.node("s1")?.uptime).toBe(88.9);
  });

  it("continues when a node returns before its old connection has ended", () => {
    join("s1");
    time = 30_000;
    join("s1");
    time = 40_000;
    expect(network.node("s1")?.uptime).toBe(100);
  });
});

describe("propagation", () => {
  const of = (name: string) => network.node(name)?.propagation;
  const mean = (number: number) => network.blocks().find((past) => past.number === number)?.propagation;

  it("is the delay behind the first node that reported the block", () => {
    for (const name of ["s1", "s2", "s3"]) join(name);
    time = 1_000;
    block("s1", 7);
    expect(of("s1")).toMatchObject({ milliseconds: 0, average: 0 });
    expect(mean(7)).toBeNull();
    time = 1_120;
    block("s2", 7);
    time = 1_300;
    changes = [];
    block("s3", 7);
    expect(of("s2")).toMatchObject({ milliseconds: 120, average: 120 });
    expect(mean(7)).toBe(140);
    expect(changes).toContain("blocks");
    block("s3", 8);
    expect(of("s3")).toEqual({ milliseconds: 0, average: 150, histogram: [1, 0, 1, 0, 0, 0, 0, 0, 0, 0] });
  });

  it("counts a block once despite repeated reports", () => {
    for (const name of ["s1", "s2"]) join(name);
    for (const name of ["s1", "s2"]) block(name, 7);
    block("s2", 8);
    time = 60_000;
    // After a pause Geth may report an old block again.
    block("s2", 7);
    block("s2", 8);
    expect(of("s2")?.histogram[0]).toBe(4);
    expect(of("s2")?.average).toBe(0);
  });

  it("is null for a block reported before the node connected, and for a block far from the head", () => {
    join("s1");
    block("s1", 700);
    time = 5_000;
    join("s2");
    block("s2", 700);
    expect(of("s2")).toMatchObject({ milliseconds: null, average: null });
    block("s2", 3);
    expect(of("s2")).toMatchObject({ milliseconds: null, average: null });
  });

  it("keeps the last fifty blocks", () => {
    join("s1");
    for (let number = 1; number <= 70; number++) block("s1", number);
    expect(of("s1")?.histogram).toEqual([50, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("nodes with one name", () => {
  const named = (id: string) => network.join({ ...hello("node"), id });

  it("have the end of their id in the list while both are online", () => {
    expect(named("0x00aaaaaa")).toBe("node");
    expect(named("0x00bbbbbb")).toBe("node (bbbbbb)");
    expect(names()).toEqual(["node", "node (bbbbbb)"]);
    network.leave("node");
    expect(named("0x00bbbbbb")).toBe("node (bbbbbb)");
    expect(named("0x00aaaaaa")).toBe("node");
  });

  it("follow one another when the first is offline", () => {
    named("0x00aaaaaa");
    network.leave("node");
    expect(named("0x00cccccc")).toBe("node");
    expect(names()).toEqual(["node"]);
  });
});
