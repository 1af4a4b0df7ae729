import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

/** The OpenAPI documents of the repo, in docs/reference. */
export const openApiFiles = ["functions-api.yml", "gateway-api.yml"];

/**
 * @typedef {Record<string, unknown>} Values
 * @typedef {object} OpenApi
 * @property {string} openapi
 * @property {{ title: string, description: string, version: string, license: Values }} info
 * @property {Values[]} servers
 * @property {Values[]} security
 * @property {Values[]} tags
 * @property {Record<string, Record<string, any>>} paths
 * @property {Record<string, Values>} components
 */

/** Reads one of the documents. @param {string} file @returns {Promise<OpenApi>} */
export async function readOpenApi(file) {
  const { parse } = await import("yaml"); // not installed yet in a clean clone
  return parse(readFileSync(join(root, "docs", "reference", file), "utf8"));
}

/** The document that the gateways serve at /openapi.json. */
export async function openApi() {
  return mergeOpenApi(await Promise.all(openApiFiles.map(readOpenApi)));
}

/**
 * Merges documents. The only server of the result is the gateway that serves the document.
 *
 * @param {readonly OpenApi[]} documents
 * @returns {Omit<OpenApi, "security">}
 * @throws Error when two documents define a name differently
 */
export function mergeOpenApi(documents) {
  const [first] = /** @type {[OpenApi]} */ (documents);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const kinds = [...new Set(documents.flatMap(({ components }) => Object.keys(components)))];
  return {
    openapi: first.openapi,
    info: {
      title: "Serverless data platform",
      version,
      license: first.info.license,
      description: documents
        .map(({ info: { title, description } }) => `## ${title}\n\n${description}`)
        .join("\n"),
    },
    servers: [{ url: "/" }],
    tags: documents.flatMap(({ tags }) => tags),
    paths: mergeNames(documents.map(withSecurity)),
    components: Object.fromEntries(
      kinds.map((kind) => [kind, mergeNames(documents.map(({ components }) => components[kind] ?? {}))]),
    ),
  };
}

/** The paths of a document; operations without their own security get that of the document. @param {OpenApi} document */
function withSecurity({ paths, security }) {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => {
      const members = Object.entries(item).map(([name, value]) => {
        const isOperation = typeof value === "object" && "responses" in value;
        return [name, isOperation ? { security, ...value } : value];
      });
      return [path, Object.fromEntries(members)];
    }),
  );
}

/**
 * @template Value
 * @param {readonly Record<string, Value>[]} objects
 * @returns {Record<string, Value>}
 */
function mergeNames(objects) {
  /** @type {Record<string, Value>} */
  const merged = {};
  for (const [name, value] of objects.flatMap(Object.entries)) {
    if (name in merged && JSON.stringify(merged[name]) !== JSON.stringify(value))
      throw new Error(`docs/reference: two OpenAPI documents define ${name} differently`);
    merged[name] = value;
  }
  return merged;
}
