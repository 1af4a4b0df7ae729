import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";
import { root } from "../../test/support/repo.ts";

/** A node of a syntax tree of swc, or a part of one. */
export interface SyntaxNode {
  type: string;
  [part: string]: unknown;
}

/** A file of the product. */
interface SourceFile {
  /** From the root of the repository, with slashes. */
  path: string;
  text: string;
}

/** The functions that the reference pages describe. The README of any other function describes it. */
export const platformFunctions = ["functions/last-block", "functions/sentiment", "functions/tweet-enrich"];

/** Folders without source files of the product. */
const otherFolders = ["node_modules", "dist", "testing"];

/** Reads the JavaScript and TypeScript of a folder and its subfolders, without tests and type declarations. */
export function readSources(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return otherFolders.includes(entry.name) ? [] : readSources(path);
    const isSource = /\.(ts|tsx|js|mjs)$/.test(path) && !/\.(test|d)\.ts$/.test(path);
    return isSource ? [{ path, text: readFileSync(join(root, path), "utf8") }] : [];
  });
}

/** Parses a file, and returns the nodes of its syntax tree. A node comes before its parts. */
export function parseSource({ path, text }: SourceFile): SyntaxNode[] {
  return nodesIn(parseSync(text, { syntax: "typescript", tsx: path.endsWith(".tsx") }));
}

/** Returns the nodes in a part of a syntax tree. */
export function nodesIn(part: unknown): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    if (isNode(value)) nodes.push(value);
    Object.values(value).forEach(visit);
  };
  visit(part);
  return nodes;
}

/** Returns the name of a variable, property or function, or the text of a string literal; undefined for other nodes. */
export function readName(part: unknown): string | undefined {
  if (!isNode(part)) return undefined;
  if (part.type === "MemberExpression") return readName(part.property);
  if (part.type === "Computed") return readText(part.expression);
  return typeof part.value === "string" ? part.value : undefined;
}

/** Returns the text of a string literal; undefined for other nodes. */
export function readText(part: unknown): string | undefined {
  return isNode(part) && part.type === "StringLiteral" ? String(part.value) : undefined;
}

export function isNode(part: unknown): part is SyntaxNode {
  return typeof part === "object" && part !== null && "type" in part && typeof part.type === "string";
}
