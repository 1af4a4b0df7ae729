import { hostOf } from "@platform/shared/clients/peer-error";
import { userAgent } from "@platform/shared/clients/user-agent";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { createNodeClient } from "@platform/shared/ethereum/node-client";
import { nodeError } from "@platform/shared/ethereum/node-error";
import type { RpcCall, RpcClient } from "@platform/shared/ethereum/rpc-client";
import { RpcError } from "@platform/shared/ethereum/rpc-error";

const setting = "GETH_RPC_ENDPOINT";
const patienceMs = 5_000;
const maxBytes = 16_000_000;

/** A connection to a node, for one query. */
export interface ChainNode {
  /** The results of some calls; null where the node has no such block. */
  send(calls: readonly RpcCall[]): Promise<unknown[]>;
  /** The result of a call that not every node takes; undefined where it refuses. */
  tryCall(method: string, ...params: readonly unknown[]): Promise<unknown>;
}

/** The Ethereum nodes that the console reads. */
export class ChainNodes {
  readonly #nodes: readonly { url: string; client: RpcClient }[];

  /** @param urls JSON-RPC endpoints; each query goes to the first that answers */
  constructor(urls: readonly string[]) {
    const options = { maxBytes, userAgent: userAgent("gateway") };
    this.#nodes = urls.map((url) => ({ url, client: createNodeClient(new URL(url), options) }));
  }

  /**
   * The result of a query to the first node that answers.
   * @throws NodeError if none does, and what the query throws for its caller (a PlatformError)
   */
  async query<T>(run: (node: ChainNode) => Promise<T>): Promise<T> {
    let problem: unknown;
    for (const { url, client } of this.#nodes) {
      try {
        return await run(toChainNode(client));
      } catch (cause) {
        if (cause instanceof PlatformError) throw cause;
        problem = nodeError({ setting, host: hostOf(url) }, cause);
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
    send: (calls) => client.send(calls, patienceMs),
    async tryCall(method, ...params) {
      try {
        return (await client.send([{ method, params }], patienceMs))[0];
      } catch (error) {
        if (error instanceof RpcError && error.kind === "other") return undefined;
        throw error;
      }
    },
  };
}

/** A call for `send`. */
export function call(method: string, ...params: readonly unknown[]): RpcCall {
  return { method, params };
}

/** A number as JSON-RPC takes it. */
export function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}
