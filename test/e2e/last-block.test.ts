// needs: go python
// waits: for blocks
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startEmbeddedChain } from "@platform/gateway/embedded/embedded-chain";
import { JsonRpcProvider, parseEther, type TransactionRequest, Wallet } from "ethers";
import { gethBinaries, gethVersions, hasGo } from "../support/ethereum/geth-binaries.ts";
import { rpc, startGethDev } from "../support/ethereum/geth-dev.ts";
import { startGethNetwork } from "../support/ethereum/geth-network.ts";
import { type StartedWeb3, startWeb3 } from "../support/ethereum/web3.ts";
import { httpCall } from "../support/http/http-call.ts";
import { startListener } from "../support/http/listener.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { hasPython } from "../support/python/python.ts";
import { bundleFolder, node18, root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(6 * minute);

/** A chain to compare on, and an account with some ether. */
interface TestChain extends AsyncDisposable {
  url: string;
  wallet: Wallet;
}

/** The platform's own network, with account 1 of `npm run secrets`. */
async function network(consensus: "clique" | "proof of work"): Promise<TestChain> {
  const slow = consensus === "proof of work" ? ({ difficulty: "0x80000" } as const) : {};
  const started = await startGethNetwork({ consensus, signers: 1, txNodes: 1, ...slow });
  const read = (name: string) => readFile(join(started.accounts, name), "utf8");
  const password = (await read("pass1.txt")).trim();
  const { privateKey } = await Wallet.fromEncryptedJson(await read("account1.json"), password);
  const dispose = started[Symbol.asyncDispose];
  return { url: started.txNodes[0]!.url, wallet: new Wallet(privateKey), [Symbol.asyncDispose]: dispose };
}

/** `geth --dev`, whose own account funds a new one. */
async function dev(): Promise<TestChain> {
  const started = await startGethDev();
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  const [from] = (await rpc(started.url, "eth_accounts")) as string[];
  await rpc(started.url, "eth_sendTransaction", [{ from, to: wallet.address, value: "0x8ac7230489e80000" }]);
  const balance = () => rpc(started.url, "eth_getBalance", [wallet.address, "latest"]);
  await waitFor("its ether", async () => (await balance()) !== "0x0", minute);
  return { ...started, wallet };
}

/** The embedded chain of `npm start`. */
async function embedded(): Promise<TestChain> {
  const say = () => undefined;
  const chain = await startEmbeddedChain({ packageFolder: join(root, "packages", "gateway"), say });
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  await rpc(chain.url, "anvil_setBalance", [wallet.address, "0x8ac7230489e80000"]);
  return { ...chain, wallet };
}

const other = "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353";
const gasPrice = 50n * 10n ** 9n;
const transfer = { to: other, value: parseEther("0.001"), gasLimit: 2_000_000 };
const accessList = [{ address: other, storageKeys: [`0x${"01".repeat(32)}`] }];

/** Transactions, by the state of the chain that they need. */
const kinds: Record<string, TransactionRequest> = {
  "a transfer": { ...transfer, type: 0, gasPrice },
  "a contract's creation": { to: null, data: "0x00", type: 0, gasPrice, gasLimit: 2_000_000 },
  "an access list (EIP-2930)": { ...transfer, type: 1, gasPrice, accessList },
  "a fee per gas (EIP-1559)": {
    ...transfer,
    type: 2,
    maxFeePerGas: gasPrice,
    maxPriorityFeePerGas: 2n * 10n ** 9n,
  },
  "an authorisation (EIP-7702)": {
    ...transfer,
    type: 4,
    maxFeePerGas: gasPrice,
    maxPriorityFeePerGas: 2n * 10n ** 9n,
  },
};
const all = Object.keys(kinds);
/** Transactions that are sent together. Geth refuses an authorisation by an account with pending transactions. */
const rounds = (names: readonly string[]) => [
  names.filter((name) => kinds[name]?.type !== 4),
  names.filter((name) => kinds[name]?.type === 4),
];
/** With proof of work, a block takes a random time: sometimes a minute, on a busy machine. */
const blockTimeoutMs = 4 * minute;

requireService("Go, which builds Geth, and Python 3.11 for web3.py", hasGo() && hasPython(), () => {
  beforeAll(async () => {
    for (const version of Object.values(gethVersions)) await gethBinaries(version);
  }, 20 * minute);

  describe.each<[string, () => Promise<TestChain>, string[], number]>([
    ["Clique", () => network("clique"), all.slice(0, 4), 404],
    ["proof of work (Geth's test mode)", () => network("proof of work"), all.slice(0, 2), 404],
    ["geth --dev, after the merge", dev, all, 200],
    ["anvil, the embedded chain", embedded, all, 200],
  ])("last-block agrees with web3.py on %s", (_chainName, start, transactionKinds, finalizedStatus) => {
    let chain: TestChain;
    let web3: StartedWeb3;
    let host: StartedTemplateHost;
    /** The numbers of the blocks with the transactions. */
    const numbers: number[] = [];

    beforeAll(async () => {
      chain = await start();
      web3 = await startWeb3(chain.url);
      const env = { ...stackEnvironment, GETH_RPC_ENDPOINT: chain.url };
      host = await startTemplateHost({ handler: bundleFolder("last-block"), node: node18(), env });
    });
    afterAll(async () => {
      for (const started of [host, web3, chain]) await started?.[Symbol.asyncDispose]();
    });

    const ask = (query: string) => httpCall(`${host.url}/${query}`);
    const expectSame = async (query: string, selector: number | string, full: boolean) => {
      const { status, body } = await ask(query);
      expect([status, body.trimEnd()]).toEqual([200, await web3.block(selector, { full })]);
    };

    it("of blocks with transactions, by number, by hash, with whole transactions", async () => {
      const provider = new JsonRpcProvider(chain.url, undefined, { cacheTimeout: -1, pollingInterval: 200 });
      const wallet = chain.wallet.connect(provider);
      try {
        const send = async (name: string) => {
          const request = { ...kinds[name] };
          if (request.type === 4) {
            const nonce = (await wallet.getNonce()) + 1;
            request.authorizationList = [await wallet.authorize({ address: other, nonce })];
          }
          return (await wallet.sendTransaction(request)).hash;
        };
        // Just after its start Geth has no receipts and answers with an error. Two signers may also seal blocks of the same number,
        // of which the one with a successor stays. The head is read first, so that the receipt does not belong to the other block while
        // the head is already the successor.
        const settled = async (hash: string) => {
          const head = await provider.getBlockNumber();
          const receipt = await provider.getTransactionReceipt(hash).catch(() => null);
          return receipt !== null && receipt.blockNumber < head && receipt.blockNumber;
        };
        for (const names of rounds(transactionKinds)) {
          const hashes = new Map<string, string>();
          for (const name of names) hashes.set(name, await send(name));
          for (const [name, hash] of hashes)
            numbers.push(await waitFor(`the block of ${name}`, () => settled(hash), blockTimeoutMs));
        }
      } finally {
        provider.destroy();
      }
      for (const number of new Set(numbers)) {
        await expectSame(`?block=${number}`, number, false);
        await expectSame(`?block=${number}&transactions=full`, number, true);
        const { hash, transactions } = JSON.parse((await ask(`?block=${number}`)).body);
        await expectSame(`?block=${hash}`, hash, false);
        expect(transactions.length).toBeGreaterThan(0);
      }
    });

    it("of the block that the body of a POST names, whatever its type", async () => {
      const number = numbers.at(-1)!;
      for (const type of [
        "application/json",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
      ]) {
        const post = (requestBody: string) =>
          httpCall(host.url, { method: "POST", body: requestBody, headers: { "content-type": type } });
        const { status, body } = await post(JSON.stringify({ block: number, transactions: "full" }));
        expect([status, body.trimEnd()]).toEqual([200, await web3.block(number, { full: true })]);
        expect(JSON.parse((await post(`{"block":"${number}","count":2}`)).body)).toHaveLength(2);
        expect((await post(`{"blok":${number}}`)).status).toBe(400);
      }
    });

    it("of all blocks so far, empty ones and the first among them", async () => {
      await expectSame("?block=earliest", "earliest", false);
      const { number } = JSON.parse((await ask("")).body);
      // The latest may still be replaced by another block of its number.
      for (let block = 0; block < number; block++) await expectSame(`?block=${block}`, block, false);
      await waitFor(
        "a new block",
        async () => JSON.parse((await ask("")).body).number > number,
        blockTimeoutMs,
      );
    });

    it("and gives a run of headers with the seconds between them", async () => {
      // At least six blocks; the latest may still be replaced by another block of its number.
      const last = Math.max(5, numbers.at(-1)!);
      const hasSuccessor = async () => JSON.parse((await ask("")).body).number > last;
      await waitFor(`a block after ${last}`, hasSuccessor, blockTimeoutMs);
      const { status, body } = await ask(`?block=${last}&count=5`);
      const times = await Promise.all([...Array(6)].map(async (_, index) => readTimestamp(last - 5 + index)));
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual(
        [...Array(5)].map((_, index) => ({
          number: last - 4 + index,
          timestamp: times[index + 1],
          delta: times[index + 1]! - times[index]!,
        })),
      );
    });

    it("and gives the node's own JSON with format=rpc", async () => {
      const last = numbers.at(-1)!;
      for (const [full, transactions] of [
        [false, "hashes"],
        [true, "full"],
      ]) {
        const call = {
          jsonrpc: "2.0",
          id: 1,
          method: "eth_getBlockByNumber",
          params: [`0x${last.toString(16)}`, full],
        };
        const headers = { "content-type": "application/json" };
        const node = await httpCall(chain.url, { body: JSON.stringify(call), headers });
        const { status, body } = await ask(`?block=${last}&transactions=${transactions}&format=rpc`);
        expect([status, JSON.parse(body)]).toEqual([200, JSON.parse(node.body).result]);
        expect(node.body).toContain(body.trimEnd());
      }
    });

    it("and answers 404 for a missing block", async () => {
      expect((await ask("?block=finalized")).status).toBe(finalizedStatus);
      expect((await ask("?block=999999999")).status).toBe(404);
      expect((await ask(`?block=0x${"12".repeat(32)}`)).status).toBe(404);
    });

    const readTimestamp = async (block: number) => JSON.parse(await web3.block(block)).timestamp as number;
  });

  it("continues when one of several nodes is down or on another chain, and logs which", async () => {
    const chain = await startGethNetwork({ consensus: "clique", signers: 1, txNodes: 2 });
    const foreign = await startGethDev();
    const [first, second] = chain.txNodes;
    const readHead = async (url: string) => Number(await rpc(url, "eth_blockNumber"));
    for (const { name, url } of chain.txNodes) {
      await waitFor(`blocks of ${name}`, async () => (await readHead(url)) >= 2, minute);
    }
    const env = {
      ...stackEnvironment,
      GETH_RPC_ENDPOINT: [foreign.url, first!.url, second!.url].join(", "),
      GETH_CHAIN_ID: "27587",
      GETH_RECHECK: "1s",
    };
    const host = await startTemplateHost({ handler: bundleFolder("last-block"), node: node18(), env });
    try {
      const number = async () => {
        const { status, body } = await httpCall(`${host.url}/?fields=number`);
        expect([status, body]).toEqual([200, expect.stringMatching(/^{"number":\d+}\n$/)]);
        return JSON.parse(body).number as number;
      };
      expect(await number()).toBeGreaterThanOrEqual(2);
      expect(host.output()).toMatch(/GETH_CHAIN_ID is 27587.*node_excluded/);
      first!.signal("SIGKILL");
      const head = await number(); // each call is answered, including the very next one
      await waitFor("2 more blocks", async () => (await number()) >= head + 2, minute);
      second!.signal("SIGKILL");
      await waitFor("an honest error", async () => (await httpCall(host.url)).status === 503);
    } finally {
      for (const started of [host, foreign, chain]) await started[Symbol.asyncDispose]();
    }
  });

  it.each([
    ["10 calls in a batch", "--rpc.batch-request-limit=10"],
    ["3,000 bytes in the answer to a batch", "--rpc.batch-response-max-size=3000"],
  ])("returns a run of headers from a Geth that allows at most %s", async (_, flag) => {
    const chain = await startGethDev([flag]);
    const env = { ...stackEnvironment, GETH_RPC_ENDPOINT: chain.url, GETH_CHAIN_ID: "1337" };
    const host = await startTemplateHost({ handler: bundleFolder("last-block"), node: node18(), env });
    try {
      const readHead = async () => Number(await rpc(chain.url, "eth_blockNumber"));
      await waitFor("13 blocks", async () => (await readHead()) >= 13, minute);
      const { status, body } = await httpCall(`${host.url}/?block=13&count=12&fields=number`);
      const numbers = JSON.parse(body).map(({ number }: { number: number }) => number);
      expect([status, numbers]).toEqual([200, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]]);
    } finally {
      for (const started of [host, chain]) await started[Symbol.asyncDispose]();
    }
  });

  it("logs a node's error text without the key in its URL, and answers without that text", async () => {
    const node = await startListener((_, response) => {
      const error = { code: -32600, message: "project k3y-0123456789 is\u0007 suspended" };
      response.writeHead(401).end(JSON.stringify({ jsonrpc: "2.0", id: null, error }));
    });
    const env = { ...stackEnvironment, GETH_RPC_ENDPOINT: `${node.url}/v3/k3y-0123456789` };
    const host = await startTemplateHost({ handler: bundleFolder("last-block"), node: node18(), env });
    try {
      const { status, body } = await httpCall(host.url);
      expect([status, JSON.parse(body).code]).toEqual([502, "peer_bad_answer"]);
      expect(body).not.toContain("suspended");
      await waitFor("the log", async () => host.output().includes("project … is suspended"), minute);
      expect(host.output()).toContain("HTTP status 401, JSON-RPC error -32600: project … is suspended");
      expect(host.output()).not.toContain("k3y-0123456789");
    } finally {
      for (const started of [host, node]) await started[Symbol.asyncDispose]();
    }
  });
});
