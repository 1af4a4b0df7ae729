import type { RpcClient } from "@platform/shared/ethereum/rpc-client";
import { integer } from "./value-formats.ts";

/** The chain that a node must belong to. */
export interface RequiredChain {
  /**
   * Asks the node for its chain id, unless it is cached.
   * @param timeout in milliseconds
   * @throws Error when the node belongs to another chain, and the errors of RpcClient.
   */
  require(timeout: number): Promise<void>;
  /** Drops the cached id: after a failure, another node may have taken over the address. */
  forget(): void;
}

/** Checks the chain of a node and caches the result for `recheck` milliseconds. Without `chainId` any chain passes. */
export function requiredChain(
  client: RpcClient,
  { chainId, recheck }: { chainId: number | undefined; recheck: number },
): RequiredChain {
  let knownUntil = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  async function ask(timeout: number): Promise<void> {
    // A separate request, because not every node accepts batches.
    const [id] = await client.send([{ method: "eth_chainId", params: [] }], timeout);
    const actual = integer(id);
    if (actual !== chainId)
      throw new Error(`the node belongs to chain ${actual}, but GETH_CHAIN_ID is ${chainId}`);
    knownUntil = performance.now() + recheck;
  }

  return {
    async require(timeout) {
      if (chainId === undefined || performance.now() < knownUntil) return;
      asking ??= ask(timeout).finally(() => {
        asking = undefined;
      });
      await asking;
    },
    forget() {
      knownUntil = Number.NEGATIVE_INFINITY;
    },
  };
}
