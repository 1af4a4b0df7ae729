import { readFileSync } from "node:fs";
import { join } from "node:path";
import { JsonRpcProvider, Network, parseEther, Wallet } from "ethers";
import { forward, inData, podIp, replacePod } from "../support/kubernetes/data-namespace.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;

/** Evaluates an expression in a pod by `geth attach`, without arguments for the console itself. */
const attach = async (pod: string, expression: string) =>
  JSON.parse(await inData("exec", pod, "-c", "geth", "--", "geth", "attach", "--exec", expression));
const readBlockNumber = (pod: string): Promise<number> => attach(pod, "eth.blockNumber");

/**
 * Declares tests of the Ethereum network with Clique, on the platform of the calling file.
 * @param secrets the secrets of `npm run secrets`
 */
export function describeEthereum(secrets: () => string): void {
  it("produces blocks, according to geth attach in a pod without arguments", async () => {
    for (const pod of [
      "eth-geth-miner-0",
      "eth-geth-miner-1",
      "eth-geth-miner-2",
      "eth-geth-tx-0",
      "eth-geth-tx-1",
    ]) {
      await waitFor(`4 peers of ${pod}`, async () => (await attach(pod, "net.peerCount")) === 4, minute);
    }
    const first = await readBlockNumber("eth-geth-tx-0");
    await waitFor("3 more blocks", async () => (await readBlockNumber("eth-geth-tx-0")) >= first + 3, minute);
  });

  it("accepts a signed transfer through kubectl port-forward svc/eth-geth-tx", async () => {
    const forwarded = await forward("svc/eth-geth-tx", 8545);
    const provider = new JsonRpcProvider(forwarded.url, Network.from(27587), {
      staticNetwork: true,
      cacheTimeout: -1,
    });
    try {
      const read = (name: string) => readFileSync(join(secrets(), "ethereum", name), "utf8");
      const sender = await Wallet.fromEncryptedJson(read("account1.json"), read("pass1.txt").trim());
      const { address: to } = JSON.parse(read("account2.json"));
      const sent = await sender.connect(provider).sendTransaction({ to: `0x${to}`, value: parseEther("1") });
      await sent.wait(2, minute);
      expect(await provider.getBalance(`0x${to}`)).toBe(parseEther("201"));
    } finally {
      provider.destroy();
      await forwarded[Symbol.asyncDispose]();
    }
  });

  it("reports to Ethstats", async () => {
    const forwarded = await forward("svc/eth-ethstats", 8080);
    try {
      const listOnlineNodes = async () => {
        const { nodes } = (await (await fetch(`${forwarded.url}/api/nodes`)).json()) as {
          nodes: { name: string; online: boolean }[];
        };
        return nodes.filter(({ online }) => online).map(({ name }) => name);
      };
      const names = [
        "eth-geth-miner-0",
        "eth-geth-miner-1",
        "eth-geth-miner-2",
        "eth-geth-tx-0",
        "eth-geth-tx-1",
      ];
      await waitFor("five nodes", async () => (await listOnlineNodes()).length === 5, minute);
      expect((await listOnlineNodes()).sort()).toEqual(names);
    } finally {
      await forwarded[Symbol.asyncDispose]();
    }
  });

  it("exposes no RPC of a signer", async () => {
    for (const port of [8545, 8546, 8551]) {
      await expect(fetch(`http://${await podIp("eth-geth-miner-0")}:${port}/`)).rejects.toThrow();
    }
    expect((await fetch(`http://${await podIp("eth-geth-tx-0")}:8545/`)).status).toBe(200);
  });

  it("restores a killed signer with its chain, and a boot node with its key", async () => {
    const enodes = async () =>
      (
        await inData(
          "exec",
          "eth-geth-tx-0",
          "-c",
          "geth",
          "--",
          "wget",
          "-q",
          "-O",
          "-",
          "http://eth-bootnode-registrar/",
        )
      )
        .split(",")
        .sort();
    const ids = (list: string[]) => list.map((enode) => enode.slice(0, 136));
    const before = await enodes();
    expect(before).toHaveLength(2);
    const head = await readBlockNumber("eth-geth-miner-0");
    const me = await attach("eth-geth-miner-0", "admin.nodeInfo.id");
    await Promise.all([replacePod("eth-geth-miner-0"), replacePod("eth-bootnode-0")]);
    expect(await attach("eth-geth-miner-0", "admin.nodeInfo.id")).toBe(me);
    expect(await readBlockNumber("eth-geth-miner-0")).toBeGreaterThanOrEqual(head);
    const address = `@${await podIp("eth-bootnode-0")}:30301`;
    const after = await waitFor(
      "its new address",
      async () => {
        const list = await enodes();
        return list.some((enode) => enode.endsWith(address)) && list;
      },
      minute,
    );
    expect(ids(after)).toEqual(ids(before));
    // A peer may keep the dead connection for 30 s, and is dialled again 35 s after a refusal at the earliest. It is random which peers
    // reconnect first. Alone, the signer could seal only one block.
    const later = (await readBlockNumber("eth-geth-tx-0")) + 3;
    await waitFor("peers", async () => (await attach("eth-geth-miner-0", "net.peerCount")) > 0, 3 * minute);
    await waitFor("their chain", async () => (await readBlockNumber("eth-geth-miner-0")) >= later, minute);
  });
}
