import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { httpCall } from "../http/http-call.ts";
import { startProgram, waitForProgram } from "../process/program.ts";
import { gethBinaries, gethVersions } from "./geth-binaries.ts";

/** A started node. */
export interface StartedNode extends AsyncDisposable {
  /** JSON-RPC over HTTP. */
  url: string;
}

/** A chain with a single node. */
interface StartedGethDev extends StartedNode {
  /** JSON-RPC over WebSocket. */
  wsUrl: string;
}

/** Calls a JSON-RPC method of a node; rejects with the node's error message. */
export async function rpc(url: string, method: string, params: readonly unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const answer = await httpCall(url, { body, headers: { "content-type": "application/json" } });
  const { result, error } = JSON.parse(answer.body);
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}

/**
 * Starts a post-merge chain with a single node, `geth --dev`, and a block each second. Its first account has ether.
 * @param flags further flags of Geth
 */
export async function startGethDev(flags: readonly string[] = []): Promise<StartedGethDev> {
  const binaries = await gethBinaries(gethVersions.proofOfStake);
  const folder = await mkdtemp(join(tmpdir(), "geth-dev-"));
  const port = await freePort(0);
  const wsPort = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const program = startProgram({
    command: [
      join(binaries, "geth"),
      ...["--dev", "--dev.period", "1", "--datadir", folder, "--ipcdisable", "--port", "0"],
      ...["--http", "--http.addr", "127.0.0.1", "--http.port", `${port}`],
      ...["--ws", "--ws.addr", "127.0.0.1", "--ws.port", `${wsPort}`],
      ...["--authrpc.port", `${await freePort(0)}`],
      ...flags,
    ],
    env: { PATH: process.env.PATH, HOME: folder },
  });
  const dispose = async () => {
    await program[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitForProgram("geth --dev", program, () =>
      rpc(url, "eth_blockNumber").then(
        (number) => Number(number) > 0,
        () => false,
      ),
    );
  } catch (error) {
    await dispose();
    throw error;
  }
  return { url, wsUrl: `ws://127.0.0.1:${wsPort}`, [Symbol.asyncDispose]: dispose };
}
