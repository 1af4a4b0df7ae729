import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withFunctionImages } from "../cluster/function-images.ts";
import { functionManifests } from "../cluster/function-manifests.ts";
import { parseStack } from "../local/stack.ts";
import { authStack } from "./auth-stack.ts";
import { imageList } from "./image-list.ts";
import { withRegistryOverlay } from "./registry-overlay.ts";

/** A file that is rendered from stack.yml. */
export interface RenderedFile {
  /** The path relative to the repository. */
  path: string;
  text: string;
}

/**
 * Renders the files of `npm run manifests` from stack.yml and the defaults of its variables.
 * @throws StackError when stack.yml is invalid
 */
export function renderFiles(root: string): RenderedFile[] {
  const stack = readFileSync(join(root, "stack.yml"), "utf8");
  const functions = parseStack(stack, {}, root);
  const readme = join("deploy", "README.md");
  const imagesFile = join("deploy", "components", "images", "kustomization.yaml");
  const images = withFunctionImages(readFileSync(join(root, imagesFile), "utf8"), functions);
  return [
    { path: "stack.auth.yml", text: authStack(stack) },
    {
      path: join("deploy", "components", "functions", "functions.yaml"),
      text: functionManifests(functions),
    },
    { path: imagesFile, text: images },
    { path: join("deploy", "images.txt"), text: imageList(images, readDockerfiles(root)) },
    { path: readme, text: withRegistryOverlay(readFileSync(join(root, readme), "utf8"), images) },
  ];
}

/** The Dockerfiles of our images, and of our own template of the functions. */
function readDockerfiles(root: string): string[] {
  const folders = join(root, "deploy", "images");
  const files = readdirSync(folders).map((name) => join(folders, name, "Dockerfile"));
  const template = join(root, "template", "node-lean", "Dockerfile");
  return [join(root, "packages", "service.Dockerfile"), template, ...files].map((file) =>
    readFileSync(file, "utf8"),
  );
}
