import { getAddress, Wallet } from "ethers";
import { parseAllDocuments } from "yaml";
import { ethereumSecrets } from "./ethereum.ts";

const now = new Date("2026-03-04T05:06:07.890Z");

/** Creates the secrets of a network; returns their Kubernetes objects by kind and name. */
async function make(signers: number) {
  const { files, accounts } = await ethereumSecrets({ signers, now });
  const text = (path: string) => files.find((file) => file.path === path)!.text;
  const objects = parseAllDocuments(text("kubernetes/ethereum.yaml")).map((document) => document.toJS());
  const object = (kind: string, name: string) =>
    objects.find((candidate) => candidate.kind === kind && candidate.metadata.name === name);
  return { accounts, text, object };
}

describe("ethereumSecrets", () => {
  it("creates two accounts with 100 and 200 ether, whose passwords decrypt their keyfiles", async () => {
    const { accounts, text, object } = await make(1);
    const data = object("ConfigMap", "eth-geth").data;
    for (const name of ["genesis.json", "genesis-proof-of-work.json"]) {
      expect(JSON.parse(data[name]).alloc).toEqual({
        [accounts[0]!.address]: { balance: "100000000000000000000" },
        [accounts[1]!.address]: { balance: "200000000000000000000" },
      });
    }
    for (const [index, { address }] of accounts.entries()) {
      const password = text(`ethereum/pass${index + 1}.txt`).trim();
      const wallet = await Wallet.fromEncryptedJson(text(`ethereum/account${index + 1}.json`), password);
      expect(wallet.address).toBe(address);
    }
    expect(data.accounts).toBe(`${accounts[0]!.address},${accounts[1]!.address}`);
    expect(text("ethereum/pass1.txt")).not.toBe(text("ethereum/pass2.txt"));
  });

  it("gives each signer its own account, and lists all signers in ascending order in the genesis block", async () => {
    const { object } = await make(3);
    const { accountsecret, ...keyfiles } = object("Secret", "eth-geth-miner").stringData;
    expect(Object.keys(keyfiles)).toEqual([0, 1, 2].map((index) => `eth-geth-miner-${index}.json`));
    const wallets = await Promise.all(
      Object.values(keyfiles).map((keyfile) => Wallet.fromEncryptedJson(String(keyfile), accountsecret)),
    );
    const addresses = wallets.map(({ address }) => address);
    const genesis = JSON.parse(object("ConfigMap", "eth-geth").data["genesis.json"]);
    const signers = genesis.extraData.slice(2 + 64, -130).match(/.{40}/g);
    expect(signers).toEqual([...signers].sort());
    expect(signers.map((signer: string) => getAddress(`0x${signer}`)).sort()).toEqual(addresses.sort());
    expect(genesis.extraData).toMatch(/^0x0{64}[0-9a-f]{120}0{130}$/);
    expect(new Date(Number(genesis.timestamp) * 1000)).toEqual(new Date("2026-03-04T05:06:07Z"));
  });

  it("renders the proof-of-work genesis block from its template", async () => {
    const { object } = await make(1);
    const data = object("ConfigMap", "eth-geth").data;
    expect(data.networkid).toBe("27587");
    expect(JSON.parse(data["genesis-proof-of-work.json"])).toMatchObject({
      config: { chainId: 27587, homesteadBlock: 0, eip150Block: 0, eip155Block: 0, eip158Block: 0 },
      difficulty: "0x400",
      gasLimit: "0x8000000",
      nonce: "0x0000000000000000",
    });
  });

  it("renders the proof-of-stake genesis block and its validators", async () => {
    const { accounts, object } = await make(2);
    const data = object("ConfigMap", "eth-geth").data;
    const genesis = JSON.parse(data["genesis-proof-of-stake.json"]);
    expect(genesis).toMatchObject({
      config: { chainId: 27587, shanghaiTime: 0, terminalTotalDifficulty: 0 },
      difficulty: "0x0",
    });
    expect(Object.keys(genesis.alloc)).toEqual(accounts.map(({ address }) => address));
    expect(new Date(Number(genesis.timestamp) * 1000)).toEqual(new Date("2026-03-04T05:06:07Z"));
    expect(JSON.parse(data["validators.json"])).toHaveLength(4);
    expect(Object.keys(object("Secret", "eth-geth-validators").stringData).sort()).toEqual([
      ...[0, 1].flatMap((pod) => ["-0.json", "-1.json", ".yaml"].map((end) => `eth-geth-miner-${pod}${end}`)),
      "password",
    ]);
    expect(object("Secret", "eth-geth-engine").stringData["jwt.hex"]).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it("creates different secrets each time", async () => {
    const [first, second] = await Promise.all([make(1), make(1)]);
    expect(first.accounts).not.toEqual(second.accounts);
    expect(first.object("Secret", "eth-ethstats")).not.toEqual(second.object("Secret", "eth-ethstats"));
  });
});
