// needs: go python
// waits: for blocks
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChainNodes } from "@platform/gateway/console/ethereum/chain-nodes";
import { readEthstatsNodes } from "@platform/gateway/console/ethereum/ethstats-nodes";
import { readBlocks } from "@platform/gateway/console/ethereum/read-blocks";
import { readConsensus } from "@platform/gateway/console/ethereum/read-consensus";
import { formatEther, JsonRpcProvider, Network, parseEther, Wallet } from "ethers";
import { startBootnode } from "../support/ethereum/bootnode.ts";
import { gethBinaries, gethVersions, hasGo } from "../support/ethereum/geth-binaries.ts";
import { type StartedGethNetwork, startGethNetwork } from "../support/ethereum/geth-network.ts";
import type { StartedGethNode } from "../support/ethereum/geth-node.ts";
import { httpCall } from "../support/http/http-call.ts";
import { succeed } from "../support/process/command.ts";
import { runNotebook } from "../support/python/notebook.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { pythonEnvironment } from "../support/python/python-environment.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const chainId = 27587;
const minute = 60_000;
jest.setTimeout(3 * minute);

const readPeers = (node: StartedGethNode) => node.attach("net.peerCount") as Promise<number>;
const readBlockNumber = (node: StartedGethNode) => node.attach("eth.blockNumber") as Promise<number>;

/** Returns the registrar's answer. */
async function readRegistrar({ registrar }: StartedGethNetwork): Promise<string[]> {
  return (await (await fetch(registrar.url)).text()).split(",").sort();
}

/** Resolves when a node has received some more blocks. */
async function advance(node: StartedGethNode, blocks = 2): Promise<void> {
  const first = await readBlockNumber(node);
  await waitFor(
    `${blocks} blocks after ${first}`,
    async () => (await readBlockNumber(node)) >= first + blocks,
    minute,
  );
}

async function wallet(network: StartedGethNetwork, account: 1 | 2, provider: JsonRpcProvider) {
  const read = (name: string) => readFile(join(network.accounts, name), "utf8");
  const opened = await Wallet.fromEncryptedJson(
    await read(`account${account}.json`),
    (await read(`pass${account}.txt`)).trim(),
  );
  return opened.connect(provider);
}

/** The console's view of a node. */
async function readChain({ url }: StartedGethNode) {
  const nodes = new ChainNodes([url]);
  try {
    const consensus = await nodes.query(readConsensus);
    const { blocks } = await nodes.query((node) => readBlocks(node, { before: undefined, limit: 9 }));
    return { consensus, blocks };
  } finally {
    nodes.close();
  }
}

const connect = ({ url }: StartedGethNode) =>
  new JsonRpcProvider(url, Network.from(chainId), {
    staticNetwork: true,
    cacheTimeout: -1,
    pollingInterval: 500,
  });

requireService("Go, which builds Geth", hasGo(), () => {
  beforeAll(async () => {
    await gethBinaries(gethVersions.clique);
    await gethBinaries(gethVersions.proofOfWork);
    await gethBinaries(gethVersions.proofOfStake);
  }, 20 * minute);

  it("starts a boot node with the enode id of a key from an older Geth", async () => {
    const home = await mkdtemp(join(tmpdir(), "bootnode-"));
    try {
      const program = join(await gethBinaries(gethVersions.clique), "bootnode");
      const key = join(home, "node.key");
      await succeed(program, ["-genkey", key]);
      const id = (await succeed(program, ["-nodekey", key, "-writeaddress"])).trim();
      expect(await readFile(key, "utf8")).toMatch(/^[0-9a-f]{64}$/);
      await using bootnode = await startBootnode(home);
      expect(bootnode.enode).toMatch(new RegExp(`^enode://${id}@127\\.0\\.0\\.1:\\d+$`));
    } finally {
      await rm(home, { recursive: true });
    }
  });

  describe("the network, with Clique", () => {
    let network: StartedGethNetwork;
    beforeAll(async () => {
      network = await startGethNetwork({ consensus: "clique", signers: 3, txNodes: 2 });
    });
    afterAll(() => network?.[Symbol.asyncDispose]());

    it("has nodes that find each other, knowing only the registrar", async () => {
      expect(await readRegistrar(network)).toEqual(network.bootnodes.map(({ enode }) => enode).sort());
      for (const node of [...network.signers, ...network.txNodes]) {
        await waitFor(`4 peers of ${node.name}`, async () => (await readPeers(node)) === 4, minute);
      }
    });

    it("produces a block every 2 seconds, by all signers in turn", async () => {
      const [node] = network.txNodes;
      await waitFor("block 8", async () => (await readBlockNumber(node!)) >= 8, minute);
      const times = (await node!.attach(
        "[6, 7, 8].map(function (n) { return eth.getBlock(n).timestamp })",
      )) as number[];
      expect(times.map((time) => time - times[0]!)).toEqual([0, 2, 4]);
      // A signer may find its peers some blocks after the others.
      const signed = "clique.status().sealerActivity";
      await waitFor(
        "a block of each signer",
        async () => {
          const counts = Object.values((await network.signers[0]!.attach(signed)) as Record<string, number>);
          return counts.length === 3 && Math.min(...counts) > 0;
        },
        minute,
      );
    });

    it("has signers that the console recognises by their signatures, with the signer in turn", async () => {
      const { consensus, blocks } = await readChain(network.txNodes[0]!);
      const signers = (await network.signers[0]!.attach("clique.getSigners()")) as string[];
      const { producers, clique } = consensus;
      expect(consensus.kind).toBe("clique");
      expect(producers.map(({ address }) => address.toLowerCase())).toEqual(signers);
      expect(clique?.source).toBe("signatures"); // the node serves only eth, net and web3
      expect(clique?.next.signer.toLowerCase()).toBe(signers[clique!.next.number % signers.length]);
      expect(clique?.waiting).toHaveLength(1);
      const { number, producer } = blocks[4]!; // not the latest, of which there may be two
      const signer = await network.signers[0]!.attach(`clique.getSigner("0x${number.toString(16)}")`);
      expect(producer?.toLowerCase()).toBe(signer);
    });

    it("moves 1 ether in a signed transfer", async () => {
      const provider = connect(network.txNodes[0]!);
      const [sender, receiver] = [await wallet(network, 1, provider), await wallet(network, 2, provider)];
      try {
        const balances = async () =>
          [await provider.getBalance(sender), await provider.getBalance(receiver)] as const;
        expect((await balances()).map(formatEther)).toEqual(["100.0", "200.0"]);
        const sent = await sender.sendTransaction({ to: receiver.address, value: parseEther("1") });
        // Two signers may seal a block of the same number; the one with a successor stays.
        const receipt = await sent.wait(2, minute);
        const [after1, after2] = await balances();
        expect(after2).toBe(parseEther("201"));
        expect(after1).toBe(parseEther("99") - receipt!.fee);
        // The other transaction node has it, too.
        const other = connect(network.txNodes[1]!);
        await waitFor("the other node", async () => (await other.getBalance(receiver)) === after2, minute);
        other.destroy();
      } finally {
        provider.destroy();
      }
    });

    requireService(PYTHON, hasPython(), () => {
      it(
        "serves notebooks/ethereum.ipynb",
        async () => {
          const python = await pythonEnvironment("notebooks", join(root, "notebooks", "requirements.txt"));
          const figures = join(root, "build", "figures");
          await rm(figures, { recursive: true, force: true });
          const cells = await runNotebook({
            notebook: join(root, "notebooks", "ethereum.ipynb"),
            python,
            env: {
              GETH_RPC_ENDPOINT: network.txNodes[1]!.url,
              ACCOUNTS: network.accounts,
              FIGURES: figures,
            },
          });
          const cellText = (cell: string) => cells.find(({ id }) => id === cell)?.text;
          expect(cellText("network")).toMatch(/Peers: 4\nChain ID: 27587\nLast block: \d+\n/);
          expect(cellText("summary")).toMatch(
            /Transaction: 0x[0-9a-f]{64}\nBlock: \d+\nFee: 0\.00105 ether\nAccount 1: .*\nAccount 2: 201 ether before, 202 after/,
          );
          const picture = await readFile(join(figures, "block-times.png"));
          expect(picture.subarray(1, 4).toString()).toBe("PNG");
        },
        15 * minute,
      );
    });

    it("reports all five nodes to Ethstats", async () => {
      const names = [...network.signers, ...network.txNodes].map(({ name }) => name).sort();
      const reportedNodes = await waitFor(
        "the reports",
        async () => {
          const { nodes } = (await (
            await fetch(`${network.ethstats.url}/api/nodes`)
          ).json()) as EthstatsReport;
          const complete = nodes.filter(
            ({ online, block, peers }) => online && block !== null && peers === 4,
          );
          return complete.length === 5 && nodes;
        },
        minute,
      );
      expect(reportedNodes.map(({ name }) => name).sort()).toEqual(names);
      const shown = await readEthstatsNodes(network.ethstats.url, AbortSignal.timeout(minute));
      expect(shown.nodes.map(({ name, peers }) => ({ name, peers }))).toEqual(
        names.map((name) => ({ name, peers: 4 })),
      );
    });

    it("has transaction nodes without accounts, which answer only eth, net and web3", async () => {
      const modules = await httpCall(network.txNodes[0]!.url, {
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "rpc_modules", params: [] }),
        headers: { "content-type": "application/json" },
      });
      expect(Object.keys(JSON.parse(modules.body).result).sort()).toEqual(["eth", "net", "rpc", "web3"]);
      expect(await network.txNodes[0]!.attach("eth.accounts")).toEqual([]);
    });

    it("continues with two of three signers, and accepts the third one back with its data", async () => {
      const victim = network.signers[2]!;
      victim.signal("SIGKILL");
      await victim.ended;
      await advance(network.txNodes[0]!, 5);
      network.signers[2] = await network.startSigner(2);
      expect(await readBlockNumber(network.signers[2])).toBeGreaterThan(0);
      const address = await network.signers[2].attach("eth.coinbase");
      const recent = async () =>
        Object.values((await network.signers[0]!.attach("clique.getSnapshot().recents")) as object);
      await waitFor("its blocks", async () => (await recent()).includes(address), minute);
    });

    it("lets a new node join while one boot node is down", async () => {
      network.bootnodes[0]!.bootnode.signal("SIGKILL");
      network.bootnodes[0]!.server.signal("SIGKILL");
      await network.bootnodes[0]!.server.ended;
      expect(await readRegistrar(network)).toEqual(network.bootnodes.map(({ enode }) => enode).sort());
      const late = await network.startTxNode("eth-geth-tx-2");
      await waitFor("its peers", async () => (await readPeers(late)) >= 2, minute);
      const head = await readBlockNumber(network.txNodes[0]!);
      await waitFor("its blocks", async () => (await readBlockNumber(late)) >= head, minute);
    });

    it("does not need the registrar once it runs", async () => {
      network.registrar.signal("SIGKILL");
      await network.registrar.ended;
      await advance(network.txNodes[0]!, 3);
      expect(await readPeers(network.txNodes[0]!)).toBeGreaterThanOrEqual(4);
    });
  });

  describe("the network, with proof of work (in Geth's test mode)", () => {
    let network: StartedGethNetwork;
    beforeAll(async () => {
      network = await startGethNetwork({ consensus: "proof of work", signers: 2, txNodes: 1 });
    });
    afterAll(() => network?.[Symbol.asyncDispose]());

    it("mines blocks with the book's fields, each miner for its own account", async () => {
      const [node] = network.txNodes;
      const provider = connect(node!);
      try {
        await waitFor(
          "both miners' blocks",
          async () => {
            const blocks = "Array.apply(null, Array(eth.blockNumber))";
            const miners = `${blocks}.map(function (_, n) { return eth.getBlock(n + 1).miner })`;
            return new Set((await node!.attach(miners)) as string[]).size === 2;
          },
          2 * minute,
        );
        const block = await provider.send("eth_getBlockByNumber", ["latest", false]);
        expect(Object.keys(block).sort()).toEqual(bookFields);
        const { consensus } = await readChain(node!);
        expect(consensus.kind).toBe("proof of work");
        expect(consensus.producers).toHaveLength(2);
        expect(BigInt(consensus.proofOfWork!.difficulty)).toBeGreaterThanOrEqual(0x20000n);
        expect(Number(block.difficulty)).toBeGreaterThanOrEqual(0x20000);
        expect(block.nonce).not.toBe("0x0000000000000000");
        expect(block.mixHash).not.toMatch(/^0x0*$/);
        const genesis = await provider.send("eth_getBlockByNumber", ["0x0", false]);
        expect(genesis).toMatchObject({
          difficulty: "0x400",
          gasLimit: "0x8000000",
          nonce: "0x0000000000000000",
        });
      } finally {
        provider.destroy();
      }
    });

    it("moves 1 ether", async () => {
      const provider = connect(network.txNodes[0]!);
      try {
        const [sender, receiver] = [await wallet(network, 1, provider), await wallet(network, 2, provider)];
        const gasPrice = 50n * 10n ** 9n;
        const sent = await sender.sendTransaction({
          type: 0,
          to: receiver.address,
          value: parseEther("1"),
          gasPrice,
        });
        await sent.wait(3, 150_000); // blocks take a random time, and two miners may find one at the same time
        expect(await provider.getBalance(receiver)).toBe(parseEther("201"));
      } finally {
        provider.destroy();
      }
    });
  });
});

/** The output of listing 10-14, key for key. */
const bookFields = [
  ...[
    "difficulty",
    "extraData",
    "gasLimit",
    "gasUsed",
    "hash",
    "logsBloom",
    "miner",
    "mixHash",
    "nonce",
    "number",
  ],
  ...["parentHash", "receiptsRoot", "sha3Uncles", "size", "stateRoot", "timestamp", "totalDifficulty"],
  ...["transactions", "transactionsRoot", "uncles"],
];

interface EthstatsReport {
  nodes: { name: string; online: boolean; block: object | null; peers: number | null }[];
}
