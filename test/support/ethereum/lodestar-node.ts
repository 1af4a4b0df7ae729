import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Secrets } from "../kubernetes/secrets.ts";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { lodestarInstall } from "./lodestar-install.ts";

/** The files that deploy/ mounts into the containers of Lodestar. */
const options = join(root, "deploy", "components", "proof-of-stake");

/** The consensus layer's parameters. */
export const consensusConfig = join(options, "config.yaml");

/** Parameters of a beacon node; the folder is its own. */
export interface BeaconOptions {
  name: string;
  folder: string;
  genesisState: string;
  engine: { port: number; secretFile: string };
  /** Ports of its REST API and of its peer-to-peer network. */
  ports: { rest: number; p2p: number };
}

/** Starts `lodestar beacon` with the options of deploy/, on ports of its own. Resolves when its REST API answers. */
export async function startBeacon(beacon: BeaconOptions): Promise<StartedProgram> {
  const { rest, p2p } = beacon.ports;
  const program = await startLodestar("beacon", join(options, "beacon.yaml"), {
    dataDir: beacon.folder,
    paramsFile: consensusConfig,
    genesisStateFile: beacon.genesisState,
    "execution.urls": `http://127.0.0.1:${beacon.engine.port}`,
    jwtSecret: beacon.engine.secretFile,
    "rest.address": "127.0.0.1",
    "rest.port": rest,
    listenAddress: "127.0.0.1",
    port: p2p,
    "enr.ip": "127.0.0.1",
    "enr.tcp": p2p,
    "enr.udp": p2p,
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${rest}/eth/v1/node/version`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitForProgram(beacon.name, program, answers, 120_000);
  return program;
}

/** Parameters of a validator client; the folder is its own. */
export interface ValidatorOptions {
  folder: string;
  secrets: Secrets;
  /** The ordinal of its pod. */
  index: number;
  /** The port of its beacon node's REST API. */
  restPort: number;
}

/** Starts `lodestar validator` with the keys and the options that the pod mounts. */
export async function startValidator(validator: ValidatorOptions): Promise<StartedProgram> {
  const { folder, secrets, index } = validator;
  const pod = `eth-geth-miner-${index}`;
  const keystores = join(folder, "keystores");
  await mkdir(keystores, { recursive: true });
  const mount = async (key: string, path: string) => {
    await writeFile(path, secrets.value("Secret", "eth-geth-validators", key));
    return path;
  };
  for (const key of [0, 1]) await mount(`${pod}-${key}.json`, join(keystores, `${key}.json`));
  return startLodestar("validator", await mount(`${pod}.yaml`, join(folder, "validator.yaml")), {
    dataDir: join(folder, "data"),
    paramsFile: consensusConfig,
    beaconNodes: `http://127.0.0.1:${validator.restPort}`,
    importKeystores: keystores,
    importKeystoresPassword: await mount("password", join(folder, "password")),
  });
}

/** Starts a command of Lodestar with a file of options, some of which are replaced. */
async function startLodestar(
  command: "beacon" | "validator",
  rcConfig: string,
  replaced: Readonly<Record<string, string | number>>,
): Promise<StartedProgram> {
  const text = await readFile(rcConfig, "utf8");
  const missing = Object.keys(replaced).find(
    (name) => !new RegExp(`^${name}:`, "m").test(text) && name !== "enr.ip",
  );
  if (missing !== undefined) throw new Error(`${rcConfig} has no ${missing} to replace`);
  const { folder, node, preload, program } = await lodestarInstall();
  const args = Object.entries(replaced).map(([name, value]) => `--${name}=${value}`);
  const lodestar = [node, "--require", join(folder, preload), join(folder, program)] as const;
  return startProgram({
    command: [...lodestar, command, `--rcConfig=${rcConfig}`, ...args],
    env: { PATH: process.env.PATH, HOME: folder, LODESTAR_PRESET: "minimal", NODE_BACKEND: "js" },
  });
}
