// needs: go python
// waits: for epochs
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { JsonRpcProvider, Network, parseEther, Wallet } from "ethers";
import { gethBinaries, gethVersions, hasGo } from "../support/ethereum/geth-binaries.ts";
import { lodestarInstall } from "../support/ethereum/lodestar-install.ts";
import {
  type StartedStakeNetwork,
  type StartedStakeNode,
  startStakeNetwork,
} from "../support/ethereum/proof-of-stake-network.ts";
import { startWeb3 } from "../support/ethereum/web3.ts";
import { httpCall } from "../support/http/http-call.ts";
import { stackEnvironment, startTemplateHost } from "../support/openfaas/template-host.ts";
import { cpuSeconds } from "../support/process/cpu.ts";
import { hasPython } from "../support/python/python.ts";
import { bundleFolder, node18 } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const chainId = 27587;
const slotMs = 2_000;
const slotsPerEpoch = 8;
const minute = 60_000;
jest.setTimeout(3 * minute);

const blockNumber = ({ geth }: StartedStakeNode) => geth.attach("eth.blockNumber") as Promise<number>;

/** The hash of a node's block, or null if it has none of that number. */
const blockHash = ({ geth }: StartedStakeNode, block: number) =>
  geth.attach(`(eth.getBlock(${block}) || { hash: null }).hash`) as Promise<string | null>;

/** The number of a node's block by its tag; 0 before there is one. */
const taggedBlock = ({ geth }: StartedStakeNode, tag: "safe" | "finalized") =>
  geth.attach(`(eth.getBlock("${tag}") || { number: 0 }).number`).catch(() => 0) as Promise<number>;
const finalBlock = (node: StartedStakeNode) => taggedBlock(node, "finalized");

/** Resolves when a node has that many more blocks. */
async function advance(node: StartedStakeNode, blocks: number): Promise<void> {
  const first = await blockNumber(node);
  const isThere = async () => (await blockNumber(node)) >= first + blocks;
  await waitFor(`${blocks} blocks after ${first}`, isThere, 2 * minute);
}

async function memoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024);
}

requireService("Go, which builds Geth, and Python 3.11 for web3.py", hasGo() && hasPython(), () => {
  describe("the network, with proof of stake", () => {
    let network: StartedStakeNetwork;
    let tx: StartedStakeNode;
    beforeAll(async () => {
      await Promise.all([gethBinaries(gethVersions.proofOfStake), lodestarInstall()]);
      network = await startStakeNetwork();
      tx = network.txNodes[0]!;
    }, 20 * minute);
    afterAll(() => network?.[Symbol.asyncDispose](), minute);

    it("has all nodes on one chain, with a block every 2 seconds", async () => {
      await waitFor("block 6", async () => (await blockNumber(tx)) >= 6, 2 * minute);
      const expected = await blockHash(tx, 5);
      for (const node of [...network.validators, ...network.txNodes]) {
        const isThere = async () => (await blockHash(node, 5)) === expected;
        await waitFor(`block 5 of ${node.name}`, isThere, minute);
      }
      const times = (await tx.geth.attach(
        "[3, 4, 5].map(function (number) { return eth.getBlock(number).timestamp })",
      )) as number[];
      for (const time of times) expect((time - times[0]!) % 2).toBe(0);
    });

    it("includes a transfer within 3 slots, and finalizes it later", async () => {
      const provider = new JsonRpcProvider(tx.geth.url, Network.from(chainId), {
        staticNetwork: true,
        cacheTimeout: -1,
        pollingInterval: 200,
      });
      try {
        const read = (name: string) => readFile(join(network.accounts, name), "utf8");
        const wallet = await Wallet.fromEncryptedJson(
          await read("account1.json"),
          (await read("pass1.txt")).trim(),
        );
        const to = `0x${JSON.parse(await read("account2.json")).address}`;
        const begin = Date.now();
        const sent = await wallet.connect(provider).sendTransaction({ to, value: parseEther("1") });
        const receipt = await sent.wait(1, minute);
        expect(Date.now() - begin).toBeLessThan(3 * slotMs);
        const isFinal = async () => (await finalBlock(tx)) >= receipt!.blockNumber;
        await waitFor("the transfer's block to be final", isFinal, 2 * minute);
        expect((await provider.getTransactionReceipt(sent.hash))?.blockHash).toBe(receipt!.blockHash);
        expect(await provider.getBalance(to)).toBe(parseEther("201"));
      } finally {
        provider.destroy();
      }
    });

    it("serves last-block, which answers as web3.py does, with real safe and finalized blocks", async () => {
      await using web3 = await startWeb3(tx.geth.url);
      await using host = await startTemplateHost({
        handler: bundleFolder("last-block"),
        node: node18(),
        env: { ...stackEnvironment, GETH_RPC_ENDPOINT: tx.geth.url, GETH_CHAIN_ID: String(chainId) },
      });
      const ask = (block: string | number) => httpCall(`${host.url}/?block=${block}`);
      const numbers: number[] = [];
      for (const tag of ["finalized", "safe", "latest"]) {
        const { status, body } = await ask(tag);
        expect(status).toBe(200);
        const { number } = JSON.parse(body) as { number: number };
        expect(body.trimEnd()).toBe(await web3.block(number));
        numbers.push(number);
      }
      const [finalized, safe, latest] = numbers as [number, number, number];
      expect(finalized).toBeGreaterThan(0);
      expect(safe).toBeGreaterThan(finalized);
      expect(latest).toBeGreaterThan(safe);
      const { body } = await ask(latest);
      expect(JSON.parse(body)).toMatchObject({ difficulty: 0, nonce: "0x0000000000000000" });
      expect(JSON.parse(body).withdrawals).toBeInstanceOf(Array);
    });

    it("reports all five nodes to Ethstats", async () => {
      const names = [...network.validators, ...network.txNodes].map(({ name }) => name).sort();
      const online = async () => {
        const report = await fetch(`${network.ethstats.url}/api/nodes`);
        const { nodes } = (await report.json()) as {
          nodes: { name: string; online: boolean; block: object | null; version: string | null }[];
        };
        return nodes.filter((node) => node.online && node.block !== null);
      };
      const nodes = await waitFor(
        "five nodes",
        async () => {
          const onlineNodes = await online();
          return onlineNodes.length === names.length && onlineNodes;
        },
        minute,
      );
      expect(nodes.map(({ name }) => name).sort()).toEqual(names);
      for (const { version } of nodes) expect(version).toMatch(/^v1\.17\.10/);
    });

    it("needs less than a gigabyte of memory and a quarter of a core for each node", async () => {
      const nodes = [...network.validators, ...network.txNodes];
      const programs = nodes.flatMap(({ name, geth, beacon, validator }) => [
        { name: `${name} geth`, pid: geth.pid },
        { name: `${name} beacon`, pid: beacon.pid },
        ...(validator === undefined ? [] : [{ name: `${name} validator`, pid: validator.pid }]),
      ]);
      const before = programs.map(({ pid }) => cpuSeconds(pid));
      const begin = Date.now();
      await advance(tx, 4);
      const seconds = (Date.now() - begin) / 1_000;
      const rows = await Promise.all(
        programs.map(async ({ name, pid }, index) => ({
          name,
          mb: await memoryMb(pid),
          cores: (cpuSeconds(pid) - before[index]!) / seconds,
        })),
      );
      const sum = (key: "mb" | "cores") => rows.reduce((total, row) => total + row[key], 0);
      for (const { name, mb, cores } of rows)
        process.stderr.write(`${name}: ${mb} MB, ${cores.toFixed(2)} cores\n`);
      process.stderr.write(`five nodes: ${sum("mb")} MB, ${sum("cores").toFixed(2)} cores\n`);
      expect(sum("mb")).toBeLessThan(nodes.length * 1_000);
      expect(sum("cores")).toBeLessThan(nodes.length * 0.25);
    });

    it("continues to produce blocks while one of three validators' nodes is down", async () => {
      await network.validators[2]!.kill();
      await advance(tx, 4);
    });

    it(
      "suspends finality while two are down, and finalizes again when they are back",
      async () => {
        await network.validators[1]!.kill();
        // Earlier votes count for two epochs.
        await waitForSlots(2 * slotsPerEpoch);
        const waiting = await finalBlock(tx);
        await waitForSlots(slotsPerEpoch);
        // The remaining one proposes a third of the blocks, at random.
        await advance(tx, 1);
        expect(await finalBlock(tx)).toBe(waiting);
        const restarted = await Promise.all([1, 2].map(network.restartValidator));
        network.validators.splice(1, 2, ...restarted);
        await waitFor("finality", async () => (await finalBlock(tx)) > waiting, 3 * minute);
      },
      6 * minute,
    );

    it("lets a transaction node join later", async () => {
      const late = await network.startLateTxNode();
      const head = await blockNumber(tx);
      await waitFor("its blocks", async () => (await blockNumber(late)) >= head, 2 * minute);
      expect(await blockHash(late, head)).toBe(await blockHash(tx, head));
    });
  });
});

/** Waits for a number of slots on the chain's clock, with or without blocks. */
async function waitForSlots(slots: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, slots * slotMs));
}
