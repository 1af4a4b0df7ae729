import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../install.mjs";

const folder = fileURLToPath(new URL("files", import.meta.url));

/**
 * The files of a new function: those of scripts/new-function/files/ with their placeholders filled in. A name such as
 * handler.post.ts.txt stands for handler.ts of a function that takes POST.
 *
 * @param {{ name: string, method: "GET" | "POST" }} options
 * @returns {{ path: string, text: string }[]} paths below the function's folder
 */
export function filesOfFunction({ name, method }) {
  const values = { name, valibot: dependencyOf("valibot") };
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
${topic === undefined ? "" : `      topic: ${topic}\n`}      description: Greets the name that it gets
`;
}

/** The version of the platform, which is the tag of its images. */
function version() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}

/** The version of a dependency that packages/shared has: one version in the whole workspace. @param {string} name */
function dependencyOf(name) {
  return JSON.parse(readFileSync(join(root, "packages", "shared", "package.json"), "utf8")).dependencies[
    name
  ];
}
