import { toHost } from "@platform/shared/clients/peer-error";
import { userAgent } from "@platform/shared/clients/user-agent";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { createNodeClient } from "@platform/shared/ethereum/node-client";
import { nodeError } from "@platform/shared/ethereum/node-error";
import type { RpcCall, RpcClient } from "@platform/shared/ethereum/rpc-client";
import { RpcError } from "@platform/shared/ethereum/rpc-error";

const setting = "GETH_RPC_ENDPOINT";
const timeoutMs = 5_000;
const maxBytes = 16_000_000;

/** A connection to a node, for one query. */
export interface ChainNode {
  /** Sends calls and returns their results; null for unknown blocks. */
  send(calls: readonly RpcCall[]): Promise<unknown[]>;
  /** Sends a call that not every node supports; undefined if the node refuses it. */
  tryCall(method: string, ...params: readonly unknown[]): Promise<unknown>;
}

/** The Ethereum nodes that the console reads. */
export class ChainNodes {
  readonly #nodes: readonly { url: string; client: RpcClient }[];

  /** @param urls JSON-RPC endpoints; each query goes to the first one that answers */
  constructor(urls: readonly string[]) {
    const options = { maxBytes, userAgent: userAgent("gateway") };
    this.#nodes = urls.map((url) => ({ url, client: createNodeClient(new URL(url), options) }));
  }

  /**
   * Runs a query on the first node that answers.
   * @throws NodeError if no node answers, and any PlatformError of the query
   */
  async query<T>(run: (node: ChainNode) => Promise<T>): Promise<T> {
    let problem: unknown;
    for (const { url, client } of this.#nodes) {
      try {
        return await run(toChainNode(client));
      } catch (cause) {
        if (cause instanceof PlatformError) throw cause;
        problem = nodeError({ setting, host: toHost(url) }, cause);
      }
    }
    throw problem;
  }

  close(): void {
    for (const { client } of this.#nodes) client.close();
  }
}

function toChainNode(client: RpcClient): ChainNode {
  return {
    send: (calls) => client.send(calls, timeoutMs),
    async tryCall(method, ...params) {
      try {
        return (await client.send([{ method, params }], timeoutMs))[0];
      } catch (error) {
        if (error instanceof RpcError && error.kind === "other") return undefined;
        throw error;
      }
    },
  };
}

/** Creates a call for `send`. */
export function call(method: string, ...params: readonly unknown[]): RpcCall {
  return { method, params };
}

/** Formats a number for JSON-RPC. */
export function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}
