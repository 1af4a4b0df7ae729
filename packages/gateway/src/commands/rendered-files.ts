import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withFunctionImages } from "../cluster/function-images.ts";
import { functionManifests } from "../cluster/function-manifests.ts";
import { parseStack } from "../local/stack.ts";
import { authStack } from "./auth-stack.ts";

/** A file that is rendered from stack.yml. */
export interface RenderedFile {
  /** Relative to the repo's folder. */
  path: string;
  text: string;
}

/**
 * The files that `npm run manifests` renders from stack.yml and the defaults of its variables.
 * @throws StackError when stack.yml cannot be used.
 */
export function renderFiles(root: string): RenderedFile[] {
  const stack = readFileSync(join(root, "stack.yml"), "utf8");
  const functions = parseStack(stack, {}, root);
  const images = join("deploy", "components", "images", "kustomization.yaml");
  return [
    { path: "stack.auth.yml", text: authStack(stack) },
    {
      path: join("deploy", "components", "functions", "functions.yaml"),
      text: functionManifests(functions),
    },
    { path: images, text: withFunctionImages(readFileSync(join(root, images), "utf8"), functions) },
  ];
}
