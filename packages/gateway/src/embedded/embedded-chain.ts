import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../local/free-port.ts";
import { stopProcess } from "../local/stop-process.ts";
import { chainId, genesis } from "./genesis.ts";

/** A chain that runs beside the gateway. */
export interface StartedChain {
  /** Its JSON-RPC endpoint. */
  url: string;
  stop(): Promise<void>;
}

/** The chain cannot be started; the message says why and what to do. */
export class ChainError extends Error {
  override readonly name = "ChainError";
}

const usualPort = 8545;
const secondsPerBlock = 2;
const startPatience = 20_000;
const stopPatience = 5_000;

/**
 * Starts anvil, an EVM node for development, with the platform's network: its chain id, its two funded
 * accounts, a block every 2 seconds. On port 8545, or a free one when that is taken.
 * @param packageFolder the folder whose node_modules has @foundry-rs/anvil.
 */
export async function startEmbeddedChain(packageFolder: string): Promise<StartedChain> {
  const binary = anvilBinary(packageFolder);
  const port = await freePort(usualPort);
  const folder = await mkdtemp(join(tmpdir(), "embedded-chain-"));
  try {
    const file = join(folder, "genesis.json");
    await writeFile(file, JSON.stringify(genesis(new Date())));
    return await startAnvil(binary, file, port);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startAnvil(binary: string, genesisFile: string, port: number): Promise<StartedChain> {
  const args = ["--init", genesisFile, "--chain-id", chainId, "--block-time", secondsPerBlock];
  const child = spawn(binary, [...args, "--accounts", 1, "--host", "127.0.0.1", "--port", port].map(String), {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true, // a group of its own: Ctrl-C reaches the gateway, which stops it last
  });
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(`${signal ?? `exit code ${code}`} ${complaint}`.trim()));
  });
  const url = `http://127.0.0.1:${port}`;
  const failure = await Promise.race([ended, answers(url)]);
  if (failure !== undefined) {
    child.kill("SIGKILL");
    throw new ChainError(`the embedded chain (anvil) did not start: ${failure}`);
  }
  return {
    url,
    stop: () => stopProcess(child, stopPatience),
  };
}

/** The binary itself, not its wrapper: one process, one pid. */
function anvilBinary(packageFolder: string): string {
  const systems: Readonly<Record<string, string>> = { linux: "linux", darwin: "darwin", win32: "win32" };
  const processors: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
  const platform = `${systems[process.platform]}-${processors[process.arch]}`;
  try {
    const anvil = createRequire(join(packageFolder, "package.json")).resolve(
      "@foundry-rs/anvil/package.json",
    );
    const name = process.platform === "win32" ? "anvil.exe" : "anvil";
    return createRequire(anvil).resolve(`@foundry-rs/anvil-${platform}/bin/${name}`);
  } catch (cause) {
    throw new ChainError(
      `there is no embedded chain for ${process.platform} on ${process.arch}; set GETH_RPC_ENDPOINT to a node`,
      { cause },
    );
  }
}

/** Resolves with nothing once the node answers, and with a complaint when it does not in time. */
async function answers(url: string): Promise<string | undefined> {
  const deadline = Date.now() + startPatience;
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  const headers = { "content-type": "application/json" };
  while (Date.now() < deadline) {
    const response = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
    if (response?.ok) return undefined;
    await wait(50);
  }
  return `no answer within ${startPatience / 1000} seconds`;
}
