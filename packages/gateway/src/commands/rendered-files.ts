import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withFunctionImages } from "../cluster/function-images.ts";
import { functionManifests } from "../cluster/function-manifests.ts";
import { parseStack } from "../local/stack.ts";
import { authStack } from "./auth-stack.ts";
import { withRegistryOverlay } from "./registry-overlay.ts";

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
  const readme = join("deploy", "README.md");
  const imageList = join("deploy", "components", "images", "kustomization.yaml");
  const images = withFunctionImages(readFileSync(join(root, imageList), "utf8"), functions);
  return [
    { path: "stack.auth.yml", text: authStack(stack) },
    {
      path: join("deploy", "components", "functions", "functions.yaml"),
      text: functionManifests(functions),
    },
    { path: imageList, text: images },
    { path: readme, text: withRegistryOverlay(readFileSync(join(root, readme), "utf8"), images) },
  ];
}
