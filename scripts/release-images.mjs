// Prints the images of ours that deploy/ runs, as a matrix for .github/workflows/release.yml.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const file = join(root, "deploy", "components", "images", "kustomization.yaml");
const ours = /newName: serverless-data-platform\/(\S+)/g;
const images = [...readFileSync(file, "utf8").matchAll(ours)].map(([, name = ""]) =>
  existsSync(join(root, "packages", name))
    ? { name, kind: "service", context: `packages/${name}/dist`, file: "packages/service.Dockerfile" }
    : { name, kind: "function", context: `build/${name}`, file: `build/${name}/Dockerfile` },
);
process.stdout.write(`${JSON.stringify(images)}\n`);
