// deploy/overlays/proof-of-stake on a one-node cluster, without the parts that are unrelated to Ethereum.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JsonRpcProvider, Network, parseEther, Wallet } from "ethers";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { clusterLoad, type LocalPlatform, startLocalPlatform } from "../support/gateway/local-platform.ts";
import { awaitRollout, forward, inData, podIp, restartedPods } from "../support/kubernetes/data-namespace.ts";
import { hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";
import { containerUsage } from "./container-usage.ts";

const isAvailable = clusterLoad !== undefined && hasKubernetes() && hasGo();

const minute = 60_000;
jest.setTimeout(10 * minute);

const leftOut = [
  ...["elasticsearch", "elasticsearch-templates", "kafka", "kafka-connector", "kafka-topics"],
  ...["nifi", "nifi-listen", "gateway", ...deployedNames],
];
const validatorPods = ["eth-geth-miner-0", "eth-geth-miner-1", "eth-geth-miner-2"];
const txPods = ["eth-geth-tx-0", "eth-geth-tx-1"];

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);

interface Head {
  number: number;
  hash: string;
  timestamp: number;
}

/** Reads a block by the console of a pod's Geth. */
const block = async (pod: string, name: string | number): Promise<Head | null> => {
  const picked = `JSON.stringify((function (b) { return b && { number: b.number, hash: b.hash, timestamp: b.timestamp } })(eth.getBlock(${JSON.stringify(name)})))`;
  return JSON.parse(
    JSON.parse(await inData("exec", pod, "-c", "geth", "--", "geth", "attach", "--exec", picked)),
  );
};
const readHead = async (pod: string) => (await block(pod, "latest"))!.number;
/** Returns the number of the finalized block; 0 before the first. */
const readFinalized = async (pod: string) => (await block(pod, "finalized").catch(() => null))?.number ?? 0;
const scale = async (name: string, replicas: number) => {
  await inData("scale", `statefulset/${name}`, `--replicas=${replicas}`);
};
/** Kills the pods of eth-geth-miner from an index on, as if their nodes had been switched off. */
const switchOff = async (from: number) => {
  await scale("eth-geth-miner", from);
  const pods = validatorPods.slice(from);
  await inData("delete", "pod", ...pods, "--grace-period=0", "--force", "--ignore-not-found");
};

requireService("a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker and Go", isAvailable, () => {
  describe("the Ethereum network of deploy/overlays/proof-of-stake", () => {
    let platform: LocalPlatform;
    const suiteBegin = Date.now();
    const sinceBegin = () => `${Math.round((Date.now() - suiteBegin) / 1_000)} s`;
    beforeAll(async () => {
      platform = await startLocalPlatform({ without: leftOut, overlay: "proof-of-stake" });
      say(`images built and manifests applied after ${sinceBegin()}`);
    }, 40 * minute);
    afterAll(() => platform?.[Symbol.asyncDispose](), 5 * minute);

    it("starts without a restart of any container", async () => {
      await awaitRollout("statefulset/eth-geth-miner");
      await awaitRollout("statefulset/eth-geth-tx");
      await awaitRollout("deployment/eth-beacon-peers");
      await awaitRollout("deployment/eth-ethstats");
      say(`all pods ready after ${sinceBegin()}`);
      expect(await restartedPods()).toEqual([]);
    });

    it("has all nodes on one chain", async () => {
      await waitFor("block 10", async () => (await readHead("eth-geth-tx-0")) >= 10, 5 * minute);
      say(`block 10 after ${sinceBegin()}`);
      const expected = (await block("eth-geth-tx-0", 5))!.hash;
      for (const pod of [...validatorPods, ...txPods]) {
        await waitFor(`block 10 of ${pod}`, async () => (await readHead(pod)) >= 10, minute);
        expect([pod, (await block(pod, 5))?.hash]).toEqual([pod, expected]);
      }
    });

    it("finalizes blocks", async () => {
      const first = await waitFor(
        "finality",
        async () => (await readFinalized("eth-geth-tx-1")) || false,
        4 * minute,
      );
      await waitFor("more finality", async () => (await readFinalized("eth-geth-tx-1")) > first, minute);
      const [head, final] = [await readHead("eth-geth-tx-1"), await readFinalized("eth-geth-tx-1")];
      say(`finality: block ${final} of ${head}, after ${sinceBegin()}`);
    });

    it("includes a transfer within 3 slots, and finalizes it later", async () => {
      const rpc = await forward("svc/eth-geth-tx", 8545);
      const provider = new JsonRpcProvider(rpc.url, Network.from(27587), {
        staticNetwork: true,
        cacheTimeout: -1,
        pollingInterval: 200,
      });
      try {
        const read = (name: string) => readFileSync(join(platform.secrets, "ethereum", name), "utf8");
        const wallet = await Wallet.fromEncryptedJson(read("account1.json"), read("pass1.txt").trim());
        const to = `0x${JSON.parse(read("account2.json")).address}`;
        const sent = await wallet.connect(provider).sendTransaction({ to, value: parseEther("1") });
        const begin = Date.now();
        const receipt = await sent.wait(1, minute);
        const milliseconds = Date.now() - begin;
        expect(milliseconds).toBeLessThan(6_500);
        const final = async () => (await provider.getBlock("finalized"))!.number;
        await waitFor("the final block", async () => (await final()) >= receipt!.blockNumber, 3 * minute);
        say(`transfer: in a block after ${milliseconds} ms, final after ${Date.now() - begin} ms`);
        expect(await provider.getBalance(to)).toBe(parseEther("201"));
      } finally {
        provider.destroy();
        await rpc[Symbol.asyncDispose]();
      }
    });

    it("reports all five nodes to Ethstats", async () => {
      await using stats = await forward("svc/eth-ethstats", 8080);
      const listOnlineNodes = async () => {
        const { nodes } = (await (await fetch(`${stats.url}/api/nodes`)).json()) as {
          nodes: { name: string; online: boolean }[];
        };
        return nodes.filter(({ online }) => online).map(({ name }) => name);
      };
      await waitFor("five nodes", async () => (await listOnlineNodes()).length === 5, minute);
      expect((await listOnlineNodes()).sort()).toEqual([...validatorPods, ...txPods]);
    });

    it("lets only eth-beacon-peers reach the beacon nodes' REST API, and nobody the engine API", async () => {
      const ip = await podIp("eth-geth-miner-0");
      // The pod of the boot node has Node.js, and is not eth-beacon-peers.
      const ask = (port: number) =>
        inData(
          ...["exec", "eth-bootnode-0", "-c", "bootnode-server", "--", "node", "-e"],
          `fetch("http://${ip}:${port}/", { signal: AbortSignal.timeout(3000) }).then(() => console.log("open"), () => console.log("closed"))`,
        );
      for (const port of [9596, 8551]) expect([port, (await ask(port)).trim()]).toEqual([port, "closed"]);
    });

    it("prints the memory and processor time", async () => {
      const usage = await containerUsage();
      for (const line of usage.lines) say(line);
      say(`in all: ${usage.cores.toFixed(2)} cores, ${usage.mebibytes} MiB`);
      expect(usage.mebibytes).toBeGreaterThan(0);
    });

    it("continues to produce and finalize blocks while one of three validator pods is down", async () => {
      await switchOff(2);
      const [head, final] = [await readHead("eth-geth-tx-0"), await readFinalized("eth-geth-tx-0")];
      await waitFor("10 more blocks", async () => (await readHead("eth-geth-tx-0")) >= head + 10, 2 * minute);
      await waitFor(
        "more finality",
        async () => (await readFinalized("eth-geth-tx-0")) > final + 5,
        4 * minute,
      );
      say(
        `one validator pod down: block ${await readHead("eth-geth-tx-0")}, final ${await readFinalized("eth-geth-tx-0")}`,
      );
    });

    it("suspends finality while two are down, and finalizes again when they are back", async () => {
      await switchOff(1);
      const final = await readFinalized("eth-geth-tx-0");
      const head = await readHead("eth-geth-tx-0");
      await waitFor("10 more blocks", async () => (await readHead("eth-geth-tx-0")) >= head + 10, 4 * minute);
      const waiting = await readFinalized("eth-geth-tx-0");
      expect(waiting - final).toBeLessThanOrEqual(16); // blocks that were justified before
      say(`two validator pods down: block ${await readHead("eth-geth-tx-0")}, final ${waiting}`);
      const begin = Date.now();
      await scale("eth-geth-miner", 3);
      await waitFor(
        "finality",
        async () => (await readFinalized("eth-geth-tx-0")) > waiting + 16,
        8 * minute,
      );
      say(`back: finality after ${Math.round((Date.now() - begin) / 1_000)} s`);
      for (const pod of validatorPods) {
        const number = await readFinalized("eth-geth-tx-0");
        const hash = (await block("eth-geth-tx-0", number))!.hash;
        await waitFor(
          `${pod} on that chain`,
          async () => (await block(pod, number))?.hash === hash,
          2 * minute,
        );
      }
    });

    it("lets a transaction node join that is scaled up later", async () => {
      await scale("eth-geth-tx", 3);
      const begin = Date.now();
      await awaitRollout("statefulset/eth-geth-tx");
      const head = await readHead("eth-geth-tx-0");
      await waitFor("its blocks", async () => (await readHead("eth-geth-tx-2")) >= head, 4 * minute);
      expect(await block("eth-geth-tx-2", head)).toEqual(await block("eth-geth-tx-0", head));
      say(`a new transaction node has ${head} blocks after ${Math.round((Date.now() - begin) / 1_000)} s`);
    });
  });
});
