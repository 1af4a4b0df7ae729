import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { functionManifests } from "../cluster/function-manifests.ts";
import { parseStack } from "../local/stack.ts";

/** `npm run manifests`: deploy/components/functions/functions.yaml, made of stack.yml and its defaults. */
async function main(): Promise<void> {
  const root = process.cwd();
  const file = join("deploy", "components", "functions", "functions.yaml");
  const functions = parseStack(await readFile(join(root, "stack.yml"), "utf8"), {}, root);
  await writeFile(join(root, file), functionManifests(functions));
  console.log(`${file}: ${functions.map(({ name }) => name).join(", ")}`);
}

main().catch((error: unknown) => {
  console.error(`npm run manifests: ${(error as Error).message}`);
  process.exit(1);
});
