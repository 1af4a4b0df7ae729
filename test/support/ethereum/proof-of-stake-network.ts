import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { makeSecrets, type Secrets } from "../kubernetes/secrets.ts";
import { succeed } from "../process/command.ts";
import type { StartedProgram } from "../process/program.ts";
import { type StartedService, startService } from "../process/service.ts";
import { root } from "../repo.ts";
import { gethBinaries, gethVersions } from "./geth-binaries.ts";
import { type StartedGethNode, startGethNode } from "./geth-node.ts";
import { consensusConfig, startBeacon, startValidator } from "./lodestar-node.ts";
import { startNetworkServices } from "./network-services.ts";

/** A pod of eth-geth-miner or eth-geth-tx: Geth, its beacon node, and the validator client of a miner's pod. */
export interface StartedStakeNode {
  name: string;
  geth: StartedGethNode;
  beacon: StartedProgram;
  validator?: StartedProgram;
  /** Kills all of its processes. */
  kill(): Promise<void>;
}

/** The platform's proof-of-stake network as processes on 127.0.0.1, which deploy/ runs as pods. */
export interface StartedStakeNetwork extends AsyncDisposable {
  ethstats: StartedService;
  peers: StartedService;
  validators: StartedStakeNode[];
  txNodes: StartedStakeNode[];
  /** The folder with account1.json, pass1.txt and the second account. */
  accounts: string;
  /** Restarts a killed node of `validators`, with its data. */
  restartValidator(index: number): Promise<StartedStakeNode>;
  /** Starts the transaction node that joins late. */
  startLateTxNode(): Promise<StartedStakeNode>;
}

const validatorCount = 3;
const txNodeCount = 2;
const names = [
  ...Array.from({ length: validatorCount }, (_, index) => `eth-geth-miner-${index}`),
  // The last joins late.
  ...Array.from({ length: txNodeCount + 1 }, (_, index) => `eth-geth-tx-${index}`),
];
/** Enough time for the beacon nodes to load and to discover each other. */
const genesisDelay = "25s";

/** Starts the network; the secrets, the genesis block and the validators' keys come from `npm run secrets`. */
export async function startStakeNetwork(): Promise<StartedStakeNetwork> {
  const binaries = await gethBinaries(gethVersions.proofOfStake);
  const folder = await mkdtemp(join(tmpdir(), "proof-of-stake-"));
  const started: AsyncDisposable[] = [];
  const keep = <T extends AsyncDisposable>(resource: T): T => {
    started.push(resource);
    return resource;
  };
  const nodes = new Map<string, StartedStakeNode>();
  const dispose = async () => {
    // Lodestar 1.5.1 takes longer to stop than a test waits.
    await Promise.all([...nodes.values()].map((node) => node.kill()));
    await Promise.all(started.map((resource) => resource[Symbol.asyncDispose]()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const secrets = await makeSecrets(join(folder, "secrets"), validatorCount);
    const { ethstats, settings } = await startNetworkServices(folder, secrets, keep);
    const secretFile = await write("jwt.hex", secrets.value("Secret", "eth-geth-engine", "jwt.hex"));
    const genesisFile = await write(
      "genesis.json",
      secrets.value("ConfigMap", "eth-geth", "genesis-proof-of-stake.json"),
    );
    const ports = new Map<string, { engine: number; rest: number; p2p: number }>();
    for (const name of names) {
      ports.set(name, { engine: await freePort(0), rest: await freePort(0), p2p: await freePort(0) });
    }
    const genesisState = await makeGenesisState(folder, binaries, genesisFile, secrets);

    const startNode = async (name: string, index?: number): Promise<StartedStakeNode> => {
      const { engine: port, rest, p2p } = ports.get(name)!;
      const engine = { port, secretFile, isTransactionNode: index === undefined };
      const common = { name, binaries, genesisFile, engine, ...settings };
      const [geth, beacon] = await Promise.all([
        startGethNode({ ...common, home: join(folder, name) }),
        startBeacon({
          name,
          folder: join(folder, `${name}-beacon`),
          genesisState,
          engine,
          ports: { rest, p2p },
        }),
      ]);
      const validatorFolder = join(folder, `${name}-validator`);
      const validator =
        index === undefined
          ? {}
          : { validator: await startValidator({ folder: validatorFolder, secrets, index, restPort: rest }) };
      const programs = [geth, beacon, ...Object.values(validator)];
      const kill = async () => {
        for (const program of programs) program.signal("SIGKILL");
        await Promise.all(programs.map(({ ended }) => ended));
      };
      const node = { name, geth, beacon, ...validator, kill };
      nodes.set(name, node);
      return node;
    };
    const peers = startService("proof-of-stake", {
      program: "peers",
      until: "healthz", // ready after a beacon node answers
      env: { BEACON_SERVICES: [...ports.values()].map(({ rest }) => `127.0.0.1:${rest}`).join(",") },
    }).then(keep);
    const [validators, txNodes] = await Promise.all([
      Promise.all(names.slice(0, validatorCount).map(startNode)),
      Promise.all(names.slice(validatorCount, -1).map((name) => startNode(name))),
    ]);
    return {
      ethstats,
      peers: await peers,
      validators,
      txNodes,
      accounts: secrets.accounts,
      restartValidator: (index) => startNode(names[index]!, index),
      startLateTxNode: () => startNode(names.at(-1)!),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }

  async function write(name: string, text: string): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  }
}

/** Does the work of the job eth-genesis. Resolves with the file of the genesis state. */
async function makeGenesisState(
  folder: string,
  binaries: string,
  genesisFile: string,
  secrets: Secrets,
): Promise<string> {
  const env = {
    PATH: [binaries, process.env.PATH].join(delimiter),
    HOME: folder,
    GENESIS_FILE: genesisFile,
    BLOCK_HASH_FILE: join(folder, "block-hash"),
  };
  const script = join(root, "deploy", "base", "beacon-genesis", "genesis-block-hash.sh");
  await succeed("sh", [script], { env });
  const validatorsFile = join(folder, "validators.json");
  await writeFile(validatorsFile, secrets.value("ConfigMap", "eth-geth", "validators.json"));
  const state = join(folder, "genesis.ssz");
  const program = join(root, "packages", "proof-of-stake", "dist", "genesis.cjs");
  await succeed(process.execPath, [program], {
    env: {
      CONSENSUS_CONFIG: consensusConfig,
      VALIDATORS_FILE: validatorsFile,
      BLOCK_HASH_FILE: env.BLOCK_HASH_FILE,
      GENESIS_DELAY: genesisDelay,
      GENESIS_FILE: state,
    },
  });
  return state;
}
