import type { RpcClient } from "@platform/shared/ethereum/rpc-client";
import { integer } from "./value-formats.ts";

/** The chain that a node must belong to. */
export interface RequiredChain {
  /**
   * Asks the node for its chain, unless that is known already.
   * @param timeout in milliseconds
   * @throws Error when the node belongs to another chain, and as RpcClient does.
   */
  require(timeout: number): Promise<void>;
  /** Asks again next time: after a failure another node may be behind the address. */
  forget(): void;
}

/** The chain of a node; undefined as `chainId` lets any pass. It is known for `recheck` milliseconds. */
export function requiredChain(
  client: RpcClient,
  { chainId, recheck }: { chainId: number | undefined; recheck: number },
): RequiredChain {
  let knownUntil = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  async function ask(timeout: number): Promise<void> {
    // A request of its own: not every node takes batches.
    const [id] = await client.send([{ method: "eth_chainId", params: [] }], timeout);
    const actual = integer(id);
    if (actual !== chainId) throw new Error(`the node is of chain ${actual}, GETH_CHAIN_ID is ${chainId}`);
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
