import { toHost } from "@platform/shared/clients/peer-error";
import { userAgent } from "@platform/shared/clients/user-agent";
import { nodeError } from "@platform/shared/ethereum/node-error";
import { createRpcClient } from "@platform/shared/ethereum/rpc-client";
import { parseEther, toQuantity } from "ethers";
import { type Transfer, TransferError } from "../console/ethereum/transfer-route.ts";

const timeoutMs = 5_000;
const maxBytes = 100_000;

/**
 * Sends one ether between accounts of the embedded chain. Nobody has their private keys, so anvil impersonates them.
 * @throws TransferError (422) for other accounts and for insufficient funds; PlatformError when anvil fails
 */
export function transferEther(url: string, accounts: readonly string[]): Transfer {
  const client = createRpcClient(new URL(url), { maxBytes, userAgent: userAgent("gateway") });
  const value = toQuantity(parseEther("1"));
  return async (from, to) => {
    if (!accounts.includes(from) || !accounts.includes(to) || from === to) {
      throw new TransferError({
        reason: `from and to must be two different accounts of ${accounts.join(", ")}`,
      });
    }
    try {
      await client.send([{ method: "anvil_impersonateAccount", params: [from] }], timeoutMs);
      const [hash] = await client.send(
        [{ method: "eth_sendTransaction", params: [{ from, to, value }] }],
        timeoutMs,
      );
      return hash as string;
    } catch (cause) {
      if (/insufficient funds/i.test((cause as Error).message)) {
        throw new TransferError({ reason: "the account has insufficient funds", cause });
      }
      throw nodeError({ setting: "the embedded chain", host: toHost(url) }, cause);
    }
  };
}
