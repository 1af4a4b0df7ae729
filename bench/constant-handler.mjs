import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Creates a folder with a handler for the node18 template that returns a constant, to measure the template itself.
 *
 * @param {string} folder
 * @param {string} body
 * @param {Record<string, string>} headers
 */
export function constantHandler(folder, body, headers) {
  mkdirSync(folder, { recursive: true });
  const answer = `context.status(200).headers(${JSON.stringify(headers)}).succeed(${JSON.stringify(body)})`;
  writeFileSync(join(folder, "handler.js"), `module.exports = async (event, context) => ${answer};\n`);
}
