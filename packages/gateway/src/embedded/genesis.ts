/** The platform's private network: chain id and network id. */
export const chainId = 27587;

/**
 * The two funded accounts, from the sample genesis of the manifests. Nobody has their private keys, so a test chain
 * impersonates them.
 */
export const fundedAccounts = [
  "0xFa4087D3688a289c9C92e773a7b46cb9CCf80353",
  "0x8ab8F3fc6c660d3f0B22490050C843cafd2c0AAC",
] as const;

/** The genesis block of the embedded chain, with 100 and 200 ether for the accounts. */
export function genesis(now: Date) {
  return {
    config: { chainId, homesteadBlock: 0, eip150Block: 0, eip155Block: 0, eip158Block: 0 },
    timestamp: `0x${Math.floor(now.getTime() / 1000).toString(16)}`,
    difficulty: "0x400",
    gasLimit: "0x8000000",
    nonce: "0x0000000000000000",
    alloc: {
      [fundedAccounts[0]]: { balance: "100000000000000000000" },
      [fundedAccounts[1]]: { balance: "200000000000000000000" },
    },
  };
}
