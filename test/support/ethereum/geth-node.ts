import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { run, succeed } from "../process/command.ts";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { succeeds } from "../wait-for.ts";

/** The scripts and the configuration that deploy/ mounts into Geth's pods. */
const gethFiles = join(root, "deploy", "base", "geth");

/** Options of a node, which in deploy/ is a pod. */
export interface GethNodeOptions {
  /** The name of its pod, and its name in Ethstats. */
  name: string;
  /** A folder of its own, which need not exist. */
  home: string;
  /** The folder with the binaries (test/support/ethereum/geth-binaries.ts). */
  binaries: string;
  genesisFile: string;
  networkId: string;
  /** Host and port of the boot node registrar. */
  registrar: string;
  ethstats: { host: string; secret: string };
  /** The account of a signer or miner: the folder with keystore/account.json and accountsecret. Without it, a transaction node. */
  account?: { folder: string; mines: "clique" | "proof of work" };
  /** A beacon node that drives it. Such a node serves JSON-RPC only if it is a transaction node. */
  engine?: { port: number; secretFile: string; isTransactionNode: boolean };
  /** Additional lines for Geth's configuration file. */
  config?: string;
}

/** A Geth process. */
export interface StartedGethNode extends StartedProgram {
  name: string;
  /** URL of JSON-RPC over HTTP; transaction nodes only. */
  url: string;
  /** URL of JSON-RPC over WebSocket; transaction nodes only. */
  wsUrl: string;
  /** Evaluates a JavaScript expression in `geth attach` without arguments, as in the pod. */
  attach(expression: string): Promise<unknown>;
}

/**
 * Starts a node like its pod: `geth init`, get-bootnodes.sh, then the start script of its kind, with the same configuration file.
 * Resolves when its console answers.
 */
export async function startGethNode(options: GethNodeOptions): Promise<StartedGethNode> {
  const { name, home, binaries, genesisFile, account } = options;
  await mkdir(home, { recursive: true });
  const here = await loopback(options);
  const env = {
    PATH: [binaries, process.env.PATH].join(delimiter),
    HOME: home,
    HOSTNAME: name,
    POD_IP: "127.0.0.1",
    CONFIG_FILE: here.configFile,
    NETWORK_ID: options.networkId,
    BOOTNODE_REGISTRAR_SVC: options.registrar,
    ETHSTATS_SVC: options.ethstats.host,
    ETHSTATS_SECRET: options.ethstats.secret,
    HTTP_VHOSTS: "*",
    HTTP_CORSDOMAIN: "*",
    WS_ORIGINS: "*",
    ...(account === undefined ? {} : { ACCOUNT_DIR: account.folder }),
  };
  await succeed("geth", ["init", genesisFile], { env });
  await succeed("sh", [join(gethFiles, "get-bootnodes.sh")], { env });
  const program = startProgram({ command: ["sh", join(gethFiles, startScript(options)), ...here.args], env });
  const attach = async (expression: string) => {
    // The console prints values in its own notation, but strings as JSON.
    const asText = `JSON.stringify(${expression})`;
    const { code, stdout, stderr } = await run("geth", ["attach", "--exec", asText], { env });
    if (code !== 0 || !stdout.startsWith('"')) throw new Error(`geth attach of ${name}: ${stdout}${stderr}`);
    return JSON.parse(JSON.parse(stdout));
  };
  await waitForProgram(name, program, () => succeeds(attach("eth.blockNumber")));
  const { url, wsUrl } = here;
  return { ...program, name, url, wsUrl, attach };
}

/** Returns the script of deploy/base/geth that starts this kind of node. */
function startScript(options: GethNodeOptions): string {
  if (isTransactionNode(options)) return "start-txnode.sh";
  if (options.account === undefined) return "start.sh";
  return options.account.mines === "clique" ? "start-signer.sh" : "start-miner.sh";
}

function isTransactionNode({ account, engine }: GethNodeOptions): boolean {
  return engine === undefined ? account === undefined : engine.isTransactionNode;
}

/** The differences from a pod: many nodes share the address 127.0.0.1, and no node may listen on other addresses. */
async function loopback(options: GethNodeOptions) {
  const { home, config = "", engine } = options;
  const original = await readFile(join(gethFiles, "geth.toml"), "utf8");
  const listen = original.replace('ListenAddr = ":30303"', 'ListenAddr = "127.0.0.1:0"');
  if (listen === original) throw new Error("geth.toml has no ListenAddr to replace");
  const configFile = join(home, "geth.toml");
  await writeFile(configFile, `${listen}\n${config}`);
  const [auth, http, ws] = [engine?.port ?? (await freePort(0)), await freePort(0), await freePort(0)];
  const rpc = [
    "--http.addr",
    "127.0.0.1",
    "--http.port",
    `${http}`,
    "--ws.addr",
    "127.0.0.1",
    "--ws.port",
    `${ws}`,
  ];
  return {
    configFile,
    args: [
      "--netrestrict",
      "127.0.0.0/8",
      "--authrpc.port",
      `${auth}`,
      ...(engine === undefined ? [] : ["--authrpc.jwtsecret", engine.secretFile]),
      ...(isTransactionNode(options) ? rpc : []),
    ],
    url: `http://127.0.0.1:${http}`,
    wsUrl: `ws://127.0.0.1:${ws}`,
  };
}
