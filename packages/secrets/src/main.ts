import { relative, resolve } from "node:path";
import { ethereumSecrets } from "./ethereum.ts";
import { FilesExistError, writeNewFiles } from "./new-files.ts";
import { OptionError, readOptions, usage } from "./options.ts";

/** `npm run secrets`: all that deploy/ names and that must not be committed. */
async function main(): Promise<void> {
  const { out, signers, help } = readOptions(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const folder = resolve(out);
  const { files, accounts } = await ethereumSecrets({ signers, now: new Date() });
  await writeNewFiles(folder, files);
  const shown = relative(process.cwd(), folder) || ".";
  const [first, second] = accounts;
  process.stdout.write(`Made, in ${shown}:
${files.map(({ path }) => `  ${path}`).join("\n")}

  account 1, ${first?.ether} ether: ${first?.address}
  account 2, ${second?.ether} ether: ${second?.address}

Keep them: nobody can make them again. Then:
  kubectl apply -k deploy/base/namespace
  kubectl apply -f ${shown}/kubernetes
  kubectl apply -k deploy/overlays/local
`);
}

main().catch((error: unknown) => {
  const expected = error instanceof OptionError || error instanceof FilesExistError;
  console.error(expected ? `npm run secrets: ${error.message}` : error);
  process.exit(error instanceof OptionError ? 2 : 1);
});
