import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeSecrets } from "../kubernetes/secrets.ts";
import type { StartedService } from "../process/service.ts";
import type { StartedBootnode } from "./bootnode.ts";
import { gethBinaries, gethVersions } from "./geth-binaries.ts";
import { type GethNodeOptions, type StartedGethNode, startGethNode } from "./geth-node.ts";
import { startNetworkServices } from "./network-services.ts";

/** The platform's Ethereum network as processes on 127.0.0.1, which deploy/ runs as pods. */
export interface StartedGethNetwork extends AsyncDisposable {
  bootnodes: StartedBootnode[];
  registrar: StartedService;
  ethstats: StartedService;
  /** Signers, or miners by proof of work. */
  signers: StartedGethNode[];
  txNodes: StartedGethNode[];
  /** The folder with account1.json, pass1.txt and the second account. */
  accounts: string;
  /** Restarts a signer that has exited, with its data. */
  startSigner(index: number): Promise<StartedGethNode>;
  /** Starts another transaction node. */
  startTxNode(name: string): Promise<StartedGethNode>;
}

/** The consensus of a network. Proof of work is Geth's own test mode: real nonces over a 32 kB dataset. */
export interface GethNetworkOptions {
  consensus: "clique" | "proof of work";
  signers: number;
  txNodes: number;
  /**
   * The difficulty of the genesis block by proof of work; default: that of the platform. With the default, Geth's test mode mines several
   * blocks a second. Each block must be a second later than its parent, so their times run ahead of the clock, and the other nodes
   * refuse blocks that are more than 15 seconds ahead.
   */
  difficulty?: `0x${string}`;
}

/**
 * Starts two boot nodes, the registrar, Ethstats, then the Geth nodes, which know only the registrar. The secrets and the genesis block
 * come from `npm run secrets`.
 */
export async function startGethNetwork({
  consensus,
  signers,
  txNodes,
  difficulty,
}: GethNetworkOptions): Promise<StartedGethNetwork> {
  const proofOfWork = consensus === "proof of work";
  const version = proofOfWork ? gethVersions.proofOfWork : gethVersions.clique;
  const binaries = await gethBinaries(version);
  const folder = await mkdtemp(join(tmpdir(), "geth-"));
  const started: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(resource: T): T => {
    started.push(resource);
    return resource;
  };
  const dispose = async () => {
    await Promise.all(started.map((resource) => resource[Symbol.asyncDispose]()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const secrets = await makeSecrets(join(folder, "secrets"), signers);
    const genesisFile = join(folder, "genesis.json");
    const genesisKey = proofOfWork ? "genesis-proof-of-work.json" : "genesis.json";
    const genesis = JSON.parse(secrets.value("ConfigMap", "eth-geth", genesisKey));
    await writeFile(
      genesisFile,
      JSON.stringify(difficulty === undefined ? genesis : { ...genesis, difficulty }),
    );
    const { bootnodes, registrar, ethstats, settings } = await startNetworkServices(folder, secrets, keep);
    const common = {
      binaries,
      genesisFile,
      ...settings,
      ...(proofOfWork ? { config: "[Eth.Ethash]\nPowMode = 2\n" } : {}),
    };
    const start = async (name: string, account?: GethNodeOptions["account"]) =>
      keep(
        await startGethNode({
          ...common,
          name,
          home: join(folder, name),
          ...(account === undefined ? {} : { account }),
        }),
      );
    const startSigner = async (index: number) => {
      const name = `eth-geth-miner-${index}`;
      return start(name, {
        folder: await secrets.mountSigner(index, join(folder, `${name}-account`)),
        mines: consensus,
      });
    };
    const indices = (count: number) => Array.from({ length: count }, (_, index) => index);
    const [signerNodes, nodes] = await Promise.all([
      Promise.all(indices(signers).map(startSigner)),
      Promise.all(indices(txNodes).map((index) => start(`eth-geth-tx-${index}`))),
    ]);
    return {
      bootnodes,
      registrar,
      ethstats,
      signers: signerNodes,
      txNodes: nodes,
      accounts: secrets.accounts,
      startSigner,
      startTxNode: (name) => start(name),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
