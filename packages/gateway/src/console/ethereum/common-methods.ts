import { id } from "ethers";

/** Common methods of tokens and of wrapped ether. */
const methods = [
  "transfer(address,uint256)",
  "transferFrom(address,address,uint256)",
  "approve(address,uint256)",
  "safeTransferFrom(address,address,uint256)",
  "safeTransferFrom(address,address,uint256,bytes)",
  "setApprovalForAll(address,bool)",
  "mint(address,uint256)",
  "burn(uint256)",
  "deposit()",
  "withdraw(uint256)",
  "multicall(bytes[])",
] as const;

const events = [
  "Transfer(address,address,uint256)",
  "Approval(address,address,uint256)",
  "ApprovalForAll(address,address,bool)",
  "Deposit(address,uint256)",
  "Withdrawal(address,uint256)",
  "OwnershipTransferred(address,address)",
] as const;

const bySelector = new Map(methods.map((method) => [id(method).slice(0, 10), parseName(method)]));
const byTopic = new Map(events.map((event) => [id(event), parseName(event)]));

/** The first topic of the event Transfer. */
export const transferTopic = id("Transfer(address,address,uint256)");

/** Returns the name of the method that a transaction calls; null for uncommon methods and without a call. */
export function findMethodName(input: string): string | null {
  return bySelector.get(input.slice(0, 10)) ?? null;
}

/** Returns the name of a log's event; null for uncommon events. */
export function findEventName(topics: readonly string[]): string | null {
  return byTopic.get(topics[0] ?? "") ?? null;
}

function parseName(signature: string): string {
  return signature.slice(0, signature.indexOf("("));
}
