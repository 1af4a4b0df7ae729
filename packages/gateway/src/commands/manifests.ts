import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderFiles } from "./rendered-files.ts";

/** `npm run manifests`: what deploy/ and stack.auth.yml take over from stack.yml. */
function main(): void {
  const root = process.cwd();
  for (const { path, text } of renderFiles(root)) {
    writeFileSync(join(root, path), text);
    console.log(path);
  }
}

try {
  main();
} catch (error) {
  console.error(`npm run manifests: ${(error as Error).message}`);
  process.exit(1);
}
