/**
 * The command `npm run secrets`, as data, so that scripts/secrets.mjs can print its help before the installation.
 *
 * @satisfies {import("@platform/cli/command").CommandDefinition<Readonly<Record<string, import("@platform/cli/command").Option>>>}
 */
export const secretsCommand = /** @type {const} */ ({
  name: "npm run secrets",
  summary: `Creates the accounts, keys, passwords and certificates for the manifests in deploy/.
It creates only missing files, never overwrites a file, and prints no secrets.`,
  options: {
    out: {
      type: "string",
      value: "DIR",
      description: "output folder; git ignores the default",
      fallback: ".secrets",
    },
    signers: {
      type: "string",
      value: "N",
      description: "number of signers of the Ethereum network, 1 to 99; each gets an account",
      fallback: "3",
    },
  },
  exitCodes: { 3: "all files exist already" },
});
