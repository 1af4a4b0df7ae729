import { relative, resolve } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import { secretsCommand } from "./command.mjs";
import { ethereumSecrets } from "./ethereum.ts";
import { functionSecrets, gatewaySecrets } from "./gateway.ts";
import { FilesExistError, writeNewFiles } from "./new-files.ts";
import { nifiSecrets } from "./nifi.ts";
import { readOptions } from "./options.ts";
import { sysopSecrets } from "./sysop.ts";

/** `npm run secrets`: all that deploy/ names and that must not be committed. */
async function main(): Promise<void> {
  const { out, signers } = readOptions(readCommandLine(secretsCommand).values);
  const folder = resolve(out);
  const shown = relative(process.cwd(), folder) || ".";
  const now = new Date();
  const { files: ethereum, accounts } = await ethereumSecrets({ signers, now });
  const made = await writeNewFiles(folder, [
    ethereum,
    nifiSecrets(now),
    sysopSecrets(),
    gatewaySecrets(),
    functionSecrets("hmac-key"),
    functionSecrets("function-token"),
  ]);
  const funded = made.includes(ethereum[0]!)
    ? accounts.map(
        ({ address, ether }, index) =>
          `\n  account ${index + 1}, ${ether} ether: ${address}${index + 1 === accounts.length ? "\n" : ""}`,
      )
    : [];
  process.stdout.write(`Made, in ${shown}:
${made.map(({ path }) => `  ${path}\n`).join("")}${funded.join("")}
Keep them: nobody can make them again. Then:
  kubectl apply -k deploy/base/namespace
  kubectl apply -f ${shown}/kubernetes
  kubectl apply -f ${shown}/kubernetes-gateway     # not with OpenFaaS, which makes this one itself
  kubectl apply -k deploy/overlays/local
and, for JupyterHub in the namespace data-lab:
  kubectl apply -f ${shown}/kubernetes-data-lab
`);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) exitWithUsageError(secretsCommand, error);
  console.error(error instanceof FilesExistError ? `npm run secrets: ${error.message}` : error);
  process.exit(1);
});
