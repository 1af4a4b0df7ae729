// needs: nothing
import { FakeNode } from "@platform/ethstats/testing/fake-node";
import { sampleClients } from "@platform/ethstats/testing/sample-clients";
import { startBareServer } from "../support/ethereum/bare-server.ts";
import { type EthstatsLoad, startEthstatsLoad } from "../support/ethereum/ethstats-load.ts";
import { cpuSeconds } from "../support/process/cpu.ts";
import { probedMemory, readMemory } from "../support/process/memory.ts";
import { type StartedService, startService } from "../support/process/service.ts";
import { waitFor } from "../support/wait-for.ts";

const secret = "hush";
const reports = { secret, nodes: 200, blockTime: 2_000, transactions: 100 };
const measured = 20_000;

interface EthstatsView {
  nodes: { name: string; online: boolean; propagation: { histogram: number[]; average: number } }[];
  blocks: { number: number; seconds: number; propagation: number | null }[];
}

describe("Ethstats with 200 nodes, a block each 2 seconds and 100 transactions a block", () => {
  let ethstats: StartedService;
  let load: EthstatsLoad;
  const pinged: FakeNode[] = [];
  const geth: FakeNode[] = [];
  beforeAll(async () => {
    ethstats = await startService("ethstats", {
      env: { ...probedMemory, WS_SECRET: secret, MAX_NODES: "203", LOG_LEVEL: "warn" },
    });
    load = await startEthstatsLoad({ ...reports, url: ethstats.url });
    pinged.push(await login("eth-net-intelligence-api", "/api?_primuscb=NdNrgCy"), await login("Nethermind"));
    geth.push(await login("Geth 1.17"));
    await waitFor("three blocks", async () => (await view()).blocks.length >= 3, 30_000);
  }, 60_000);
  afterAll(async () => {
    for (const { socket } of [...pinged, ...geth]) socket.terminate();
    await load?.[Symbol.asyncDispose]();
    await ethstats?.[Symbol.asyncDispose]();
  });

  /** Each has its own name, because nodes with the same name replace one another. */
  async function login(client: string, path = "/api"): Promise<FakeNode> {
    const node = await FakeNode.connect(ethstats.url, client, path);
    node.socket.send(sampleClients[client]!.hello(secret).replaceAll("node-a", client));
    await node.get("ready");
    return node;
  }

  const view = async () => (await (await fetch(`${ethstats.url}/api/nodes`)).json()) as EthstatsView;

  it("needs less than 2.5 times the processor time of a bare server, and sends its readers at most four node events a second", async () => {
    await using bare = await startBareServer();
    await using _load = await startEthstatsLoad({ ...reports, url: bare.url });
    const readers = await Promise.all([1, 2, 3].map(() => countEvents(`${ethstats.url}/api/events`)));
    const used = () => [ethstats, bare].map(({ pid }) => cpuSeconds(pid)) as [number, number];
    const before = used();
    const begin = performance.now();
    await new Promise((resolve) => setTimeout(resolve, measured));
    const seconds = (performance.now() - begin) / 1000;
    const [ours, theirs] = used().map((after, index) => after - before[index]!) as [number, number];
    const counts = readers.map((stop) => stop());
    console.info(
      `${(ours / seconds).toFixed(3)} of a core, ${(ours / theirs).toFixed(2)} of a bare server; ${counts[0]} node events in ${seconds.toFixed(1)} s`,
    );
    for (const count of counts) {
      expect(count).toBeGreaterThan(seconds);
      expect(count / seconds).toBeLessThanOrEqual(4.1);
    }
    expect(ours / theirs).toBeLessThan(2.5);
  }, 60_000);

  it("needs less than three quarters of its pod's memory", async () => {
    const { rss } = await readMemory(ethstats);
    console.info(`${Math.round(rss / 2 ** 20)} MiB`);
    expect(rss).toBeLessThan(144 * 2 ** 20);
  });

  it("sends Primus's pings only to Primus-style reporters and Nethermind", () => {
    for (const { frames } of pinged) expect(frames[0]).toMatch(/^primus::ping::\d+$/);
    expect(geth[0]?.frames).toEqual([]);
  });

  it("keeps every node with its propagation, and the chain without a gap", async () => {
    const { nodes, blocks } = await view();
    expect(load.closed).toEqual([]);
    expect(nodes.filter(({ online }) => online)).toHaveLength(203);
    for (const { propagation } of nodes.filter(({ name }) => name.startsWith("node-"))) {
      expect(propagation.histogram.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(8);
    }
    expect(Math.max(...nodes.map(({ propagation }) => propagation.average))).toBeGreaterThan(1_000);
    // The genesis block has no time.
    for (const { seconds } of blocks.filter(({ number }) => number > 1).slice(1)) expect(seconds).toBe(2);
    expect(blocks.at(-3)?.propagation).toBeGreaterThan(500);
    expect(load.height() - blocks.at(-1)!.number).toBeLessThan(3);
  });
});

/** Counts the `nodes` events of a stream. The returned function ends the stream and returns their number. */
async function countEvents(url: string): Promise<() => number> {
  const abort = new AbortController();
  const { body } = await fetch(url, { signal: abort.signal });
  let count = 0;
  let line = "";
  const counted = new WritableStream<string>({
    write(chunk) {
      const text = line + chunk;
      count += text.split("event: nodes\n").length - 1;
      line = text.slice(text.lastIndexOf("\n") + 1).slice(0, 100);
    },
  });
  void body!
    .pipeThrough(new TextDecoderStream())
    .pipeTo(counted)
    .catch(() => undefined);
  return () => {
    abort.abort();
    return count;
  };
}
