import { UsageError } from "@platform/cli/command";

/** The parsed options of `npm run secrets`. */
interface SecretsOptions {
  /** The output folder. */
  out: string;
  /** The number of signers (or miners): the replicas of the StatefulSet eth-geth-miner. */
  signers: number;
}

/**
 * Parses the values of the options.
 * @throws UsageError
 */
export function readOptions({ out = ".secrets", signers = "3" }: { out?: string; signers?: string }) {
  if (!/^[1-9]\d?$/.test(signers))
    throw new UsageError(`--signers must be a number from 1 to 99, not "${signers}"`);
  return { out, signers: Number(signers) } satisfies SecretsOptions;
}
