import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import { freePort } from "@platform/shared/service/free-port";
import { chainId, genesis } from "./genesis.ts";
import { type SupervisedProgram, startSupervisedProgram } from "./supervised-program.ts";

/** Options of an embedded chain. */
export interface EmbeddedChainOptions {
  /** The folder with node_modules/@foundry-rs/anvil. */
  packageFolder: string;
  /** Prints a line for the user. */
  say(line: string): void;
}

/** A chain that runs as long as the gateway. */
export interface StartedChain extends AsyncDisposable {
  /** Its JSON-RPC endpoint. */
  url: string;
}

/** The chain cannot be started; the message has the reason and the remedy. */
export class ChainError extends Error {
  override readonly name = "ChainError";
}

const usualPort = 8545;
const portTries = 3;
const secondsPerBlock = 2;
const startTimeoutMs = 20_000;

/**
 * Starts anvil, an EVM node for development, with the platform's chain id, its two funded accounts and a block every
 * 2 seconds. It listens on port 8545, or on a free port if that is taken. When anvil exits, it is restarted on the
 * same port with a new chain.
 * @throws ChainError when it does not start
 */
export async function startEmbeddedChain({
  packageFolder,
  say,
}: EmbeddedChainOptions): Promise<StartedChain> {
  const binary = anvilBinary(packageFolder);
  const end = new AbortController();
  const first = await startOnFreePort(binary);
  const { port } = first;
  let { anvil } = first;

  async function restartOnExit(): Promise<void> {
    const backoff = new Backoff({ firstMs: 500, longestMs: 30_000 });
    while (true) {
      const reason = await anvil.ended;
      if (end.signal.aborted) return;
      const pauseMs = backoff.next();
      say(`the embedded chain (anvil) ended (${reason}); starting a new one in ${pauseMs} ms`);
      await wait(pauseMs, undefined, { signal: end.signal }).catch(() => undefined);
      if (end.signal.aborted) return;
      try {
        anvil = await startAnvil(binary, port);
        backoff.reset();
        if (end.signal.aborted) await anvil[Symbol.asyncDispose]();
      } catch (error) {
        say((error as Error).message);
      }
    }
  }

  const running = restartOnExit();
  return {
    url: toUrl(port),
    async [Symbol.asyncDispose]() {
      end.abort();
      await anvil[Symbol.asyncDispose]();
      await running;
    },
  };
}

/** Retries, because another program may take the port before anvil starts. */
async function startOnFreePort(binary: string): Promise<{ port: number; anvil: SupervisedProgram }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort(tries === 1 ? usualPort : 0);
    try {
      return { port, anvil: await startAnvil(binary, port) };
    } catch (error) {
      if (tries === portTries || !/address already in use/i.test((error as Error).message)) throw error;
    }
  }
}

async function startAnvil(binary: string, port: number): Promise<SupervisedProgram> {
  const folder = await mkdtemp(join(tmpdir(), "embedded-chain-"));
  try {
    const file = join(folder, "genesis.json");
    await writeFile(file, JSON.stringify(genesis(new Date())));
    const chain = ["--init", file, "--chain-id", chainId, "--block-time", secondsPerBlock, "--accounts", 1];
    const anvil = startSupervisedProgram(
      binary,
      [...chain, "--host", "127.0.0.1", "--port", port].map(String),
    );
    const failure = await Promise.race([anvil.ended, answers(toUrl(port))]);
    if (failure === undefined) return anvil;
    await anvil[Symbol.asyncDispose]();
    throw new ChainError(`the embedded chain (anvil) did not start: ${failure}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Finds the binary itself, so that no wrapper process runs. */
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
      `the embedded chain does not support ${process.platform} on ${process.arch}; set GETH_RPC_ENDPOINT to a node`,
      { cause },
    );
  }
}

/** Resolves with undefined once the node answers, and with an error message after the timeout. */
async function answers(url: string): Promise<string | undefined> {
  const deadline = Date.now() + startTimeoutMs;
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  const headers = { "content-type": "application/json" };
  while (Date.now() < deadline) {
    const response = await fetch(url, { method: "POST", headers, body }).catch(() => undefined);
    if (response?.ok) return undefined;
    await wait(50);
  }
  return `no answer within ${startTimeoutMs / 1000} seconds`;
}
