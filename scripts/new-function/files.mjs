import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../install.mjs";

const folder = fileURLToPath(new URL("files", import.meta.url));

/**
 * Creates the files of a new function from scripts/new-function/files/, with filled placeholders. A name such as
 * handler.post.ts.txt is handler.ts of a function with the method POST.
 *
 * @param {{ name: string, method: "GET" | "POST" }} options
 * @returns {{ path: string, text: string }[]} paths relative to the function's folder
 */
export function functionFiles({ name, method }) {
  const values = { name, valibot: readDependencyVersion("valibot") };
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".txt"))
    .filter((path) => !path.includes(method === "GET" ? ".post." : ".get."))
    .sort()
    .map((path) => ({
      path: path.replace(/\.txt$/, "").replace(/\.(get|post)\./, "."),
      text: readFileSync(join(folder, path), "utf8").replaceAll(
        /\{\{(\w+)\}\}/g,
        (_, placeholder) => values[/** @type {keyof typeof values} */ (placeholder)],
      ),
    }));
}

/** The entry of a new function in stack.yml. @param {{ name: string, topic: string | undefined }} options */
export function stackEntry({ name, topic }) {
  return `
  ${name}:
    <<: *function
    handler: ./functions/${name}/dist
    image: \${OPENFAAS_PREFIX:-serverless-data-platform}/${name}:\${TAG:-${version()}}
    environment:
      <<: *environment
    labels:
      <<: *labels
      app.kubernetes.io/name: ${name}
    annotations:
      <<: *annotations
${topic === undefined ? "" : `      topic: ${topic}\n`}      description: Greets the given name
`;
}

/** The version of the platform, which is the image tag. */
function version() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

/** Reads the version of a dependency from packages/shared, because the workspace has only one version. @param {string} name */
function readDependencyVersion(name) {
  return JSON.parse(readFileSync(join(root, "packages", "shared", "package.json"), "utf8")).dependencies[
    name
  ];
}
