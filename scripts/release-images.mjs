// Prints the images that we build for deploy/, as a matrix for .github/workflows/release.yml.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const file = join(root, "deploy", "components", "images", "kustomization.yaml");
const ours = /newName: serverless-data-platform\/(\S+)/g;
const images = [...readFileSync(file, "utf8").matchAll(ours)].map(([, name = ""]) => {
  if (existsSync(join(root, "packages", name)))
    return { name, kind: "service", context: `packages/${name}/dist`, file: "packages/service.Dockerfile" };
  const context = `deploy/images/${name}`;
  if (existsSync(join(root, context)))
    return { name, kind: "folder", context, file: `${context}/Dockerfile` };
  return { name, kind: "function", context: `build/${name}`, file: `build/${name}/Dockerfile` };
});
process.stdout.write(`${JSON.stringify(images)}\n`);
