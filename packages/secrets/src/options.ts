import { parseArgs } from "node:util";

/** What `npm run secrets` is told. */
export interface SecretsOptions {
  /** The folder that the files go to. */
  out: string;
  /** How many signers (or miners) get an account: the replicas of the StatefulSet eth-geth-miner. */
  signers: number;
  help: boolean;
}

/** An option that cannot be used; the message says which and how it should be. */
export class OptionError extends Error {}

/** What `--help` prints. */
export const usage = `Usage: npm run secrets -- [options]

Makes the accounts, keys, passwords and certificates that the manifests in deploy/ name.
It makes what is missing, never overwrites a file, and prints nothing secret.

Options:
  --out DIR     where the files go (default .secrets, which git ignores)
  --signers N   how many signers of the Ethereum network get an account, 1 to 99 (default 3, as in deploy/)
  --help
`;

/** Reads the arguments; throws OptionError. */
export function readOptions(args: readonly string[]): SecretsOptions {
  const { out = ".secrets", signers = "3", help = false } = parse(args);
  if (!/^[1-9]\d?$/.test(signers))
    throw new OptionError(`--signers must be a number from 1 to 99, not "${signers}"`);
  if (out === "") throw new OptionError("--out must name a folder");
  return { out, signers: Number(signers), help };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        signers: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message} (npm run secrets -- --help lists the options)`);
  }
}
