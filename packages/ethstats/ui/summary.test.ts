import { columns } from "./columns.ts";
import { sortNodes } from "./node-table.ts";
import { countMiners, summarize } from "./summary.ts";
import type { BlockView, HeadView, NodeView } from "./view.ts";

const head = (number: number, changes: Partial<HeadView> = {}): HeadView =>
  ({ number, received: "2026-01-01T00:00:05.000Z", difficulty: 131_072, ...changes }) as HeadView;

const node = (name: string, changes: Partial<NodeView> = {}): NodeView => ({
  ...{ name, online: true, since: "2026-01-01T00:00:00.000Z", client: null, version: null },
  ...{ os: null, architecture: null, networkId: 7, port: null, protocol: null },
  ...{ latency: null, active: null, mining: null, syncing: null, hashrate: null, peers: null },
  ...{ gasPrice: null, pending: null, uptime: 100, block: null },
  propagation: { milliseconds: null, average: null, histogram: [1, 0, 2] },
  ...changes,
});

describe("summarize", () => {
  it("selects the best block of the online nodes, with its first report", () => {
    const early = head(9, { received: "2026-01-01T00:00:04.000Z" });
    const nodes = [
      node("a", { block: head(9) }),
      node("b", { block: early }),
      node("c", { block: head(12), online: false }),
    ];
    expect(summarize(nodes, [])).toMatchObject({
      best: early,
      received: early.received,
      online: 2,
      total: 3,
    });
  });

  it("has null for a network without nodes", () => {
    expect(summarize([], [])).toEqual({
      ...{ online: 0, total: 0, best: null, received: null },
      ...{ consensus: null, networkIds: [], gasPrice: null, propagation: [] },
    });
  });

  it.each([
    [0, "proof of stake"],
    [1, "proof of authority"],
    [2, "proof of authority"],
    [131_072, "proof of work"],
    [null, null],
  ])("derives from the difficulty %p the consensus %p", (difficulty, consensus) => {
    expect(summarize([node("a", { block: head(1, { difficulty }) })], []).consensus).toBe(consensus);
  });

  it("derives the consensus from the last block when all nodes are offline", () => {
    const blocks = [{ difficulty: 2 } as BlockView];
    expect(summarize([node("a", { online: false })], blocks).consensus).toBe("proof of authority");
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[null, 5], 5],
    [[null], null],
  ])("computes for the gas prices %p the median %p", (prices, gasPrice) => {
    const nodes = prices.map((price, index) => node(String(index), { gasPrice: price }));
    expect(summarize(nodes, []).gasPrice).toBe(gasPrice);
  });

  it("adds up the histograms of the online nodes", () => {
    expect(summarize([node("a"), node("b"), node("c", { online: false })], []).propagation).toEqual([
      2, 0, 4,
    ]);
  });
});

describe("countMiners", () => {
  it("counts the blocks of each miner, in descending order", () => {
    const blocks = ["b", "a", "b", null, "c"].map((miner) => ({ miner }) as BlockView);
    expect(countMiners(blocks)).toEqual([
      { miner: "b", blocks: 2 },
      { miner: "a", blocks: 1 },
      { miner: "c", blocks: 1 },
    ]);
  });
});

describe("sortNodes", () => {
  const latency = columns.find(({ label }) => label === "Latency")!;
  const nodes = [node("d"), node("c", { latency: 5 }), node("b", { latency: 9 }), node("a", { latency: 9 })];
  const names = (descending: boolean) => sortNodes(nodes, latency, descending).map(({ name }) => name);

  it("sorts by a value, then by name, and puts nodes without a value last", () => {
    expect(names(false)).toEqual(["c", "a", "b", "d"]);
    expect(names(true)).toEqual(["a", "b", "c", "d"]);
  });
});
