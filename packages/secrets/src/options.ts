import { UsageError } from "@platform/cli/command";

/** What `npm run secrets` is told. */
interface SecretsOptions {
  /** The folder that the files go to. */
  out: string;
  /** How many signers (or miners) get an account: the replicas of the StatefulSet eth-geth-miner. */
  signers: number;
}

/**
 * Reads the values of the options.
 * @throws UsageError
 */
export function readOptions({ out = ".secrets", signers = "3" }: { out?: string; signers?: string }) {
  if (!/^[1-9]\d?$/.test(signers))
    throw new UsageError(`--signers must be a number from 1 to 99, not "${signers}"`);
  return { out, signers: Number(signers) } satisfies SecretsOptions;
}
