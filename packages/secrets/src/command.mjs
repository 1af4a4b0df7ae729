/**
 * The command `npm run secrets`, as data: scripts/secrets.mjs prints its help before anything is installed.
 *
 * @satisfies {import("@platform/cli/command").CommandDefinition<Readonly<Record<string, import("@platform/cli/command").Option>>>}
 */
export const secretsCommand = /** @type {const} */ ({
  name: "npm run secrets",
  summary: `Creates the accounts, keys, passwords and certificates that the manifests in deploy/ name.
It creates what is missing, never overwrites a file, and prints nothing secret.`,
  options: {
    out: {
      type: "string",
      value: "DIR",
      description: "folder of the files, which git ignores by default",
      fallback: ".secrets",
    },
    signers: {
      type: "string",
      value: "N",
      description: "how many signers of the Ethereum network get an account, 1 to 99",
      fallback: "3",
    },
  },
  exitCodes: { 3: "all of it is there already" },
});
