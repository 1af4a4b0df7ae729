import { readFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";
import { shellBlocks } from "./read-commands.ts";

/** The user's shell for commands of a page. */
interface CommandsOptions {
  /** Environment variables that the page's first commands set. */
  env: Readonly<Record<string, string>>;
  /** Lines with this beginning are left out, such as `kubectl` without a cluster. */
  without?: string;
}

/** Runs the block of shell commands after a sentence of a page of docs/, verbatim. Returns its output. */
export function runDocsCommands(page: string, sentence: string, options: CommandsOptions): Promise<string> {
  const text = readFileSync(join(root, "docs", page), "utf8");
  const after = text.slice(text.indexOf(sentence));
  const [block] = shellBlocks(after);
  if (!text.includes(sentence) || block === undefined)
    throw new Error(`docs/${page} has no commands after "${sentence}"`);
  const { env, without } = options;
  const lines = block
    .split("\n")
    .filter((line) => without === undefined || !line.trimStart().startsWith(without));
  return succeed("bash", ["-euo", "pipefail", "-c", lines.join("\n")], { cwd: root, env });
}
