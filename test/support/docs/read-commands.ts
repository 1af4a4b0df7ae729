import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { root } from "../repo.ts";

/** Folders with generated or third-party files. */
const generated = ["node_modules", "dist", "build", "template", "coverage"];

/** The Markdown pages of the repository, as paths from its root. */
export function readPages(): string[] {
  return listPages(root).map((page) => relative(root, page).replaceAll(sep, "/"));
}

function listPages(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith(".") || generated.includes(entry.name) ? [] : listPages(path);
    }
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** A shell command on a page, with joined continuation lines and without its comment. */
export interface DocsCommand {
  page: string;
  command: string;
  /** The comment lines directly below it, which show its output. */
  output: string;
}

/** The commands in the shell blocks of these pages. */
export function readCommands(pages: readonly string[]): DocsCommand[] {
  return pages.flatMap((page) => {
    const text = readFileSync(join(root, page), "utf8");
    return shellBlocks(text).flatMap((block) => parseCommands(page, block));
  });
}

/** The contents of the shell blocks of a Markdown text. */
export function shellBlocks(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block]) => block!);
}

function parseCommands(page: string, block: string): DocsCommand[] {
  const commands: DocsCommand[] = [];
  for (const line of block.replaceAll(/\\\n\s*/g, "").split("\n")) {
    const text = line.trim();
    if (text.startsWith("# ")) {
      const last = commands.at(-1);
      if (last !== undefined) last.output += text.slice(2);
    } else if (text !== "") {
      commands.push({ page, command: text.replace(/\s+# .*$/, ""), output: "" });
    }
  }
  return commands;
}
