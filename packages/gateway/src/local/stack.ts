import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import type { FunctionDefinition } from "../http/function-target.ts";
import { readScaleLabels } from "../http/scale-labels.ts";

/** A function with a bundle on this machine. */
export interface LocalDefinition extends FunctionDefinition {
  /** The folder with handler.js, absolute. */
  handler: string;
}

/** One function of a stack file. */
export interface StackFunction extends LocalDefinition {
  /** Keys of its entry that the local gateway does not use, such as `constraints`. */
  unusedKeys: readonly string[];
  /** The error of a failed build, which scripts/build.mjs writes to the bundle's folder. */
  buildError?: string;
}

/** The stack file is missing, is not YAML, or is incomplete. */
export class StackError extends Error {
  override readonly name = "StackError";
}

type Environment = Readonly<Record<string, string | undefined>>;
type Entry = Readonly<Record<string, unknown>>;

/** Keys of an entry that cause no warning: supported ones, and those that concern only images (`lang`, `skip_build`) or containers (`readonly_root_filesystem`). */
const usedKeys = new Set([
  ...["annotations", "environment", "environment_file", "handler", "image", "labels", "limits"],
  ...["lang", "namespace", "readonly_root_filesystem", "requests", "secrets", "skip_build"],
]);

/**
 * Reads the functions of a stack file, with its variables replaced as faas-cli does.
 * @throws StackError when the file is invalid or a function is not built
 */
export async function readStack(file: string, env: Environment): Promise<StackFunction[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    throw new StackError(`cannot read the stack file ${file}`, { cause });
  }
  const functions = parseStack(text, env, dirname(file));
  for (const definition of functions) {
    const { name, handler } = definition;
    const buildError = await readFile(join(handler, "build-error.txt"), "utf8").catch(() => undefined);
    if (buildError !== undefined) definition.buildError = buildError;
    else if (!existsSync(join(handler, "handler.js")))
      throw new StackError(`the function ${name} is not built: ${handler} has no handler.js`);
  }
  return functions;
}

/**
 * Parses the text of a stack file. Relative paths start at `folder`.
 * @throws StackError
 */
export function parseStack(text: string, env: Environment, folder: string): StackFunction[] {
  let stack: { functions?: Record<string, Entry> } | null;
  try {
    stack = parse(substitute(text, env), { merge: true });
  } catch (cause) {
    throw new StackError(`the stack file is not YAML: ${(cause as Error).message}`, { cause });
  }
  const functions = Object.entries(stack?.functions ?? {});
  if (functions.length === 0) throw new StackError("the stack file has no functions");
  return functions.map(([name, entry]) => parseEntry(name, entry, folder));
}

function parseEntry(name: string, entry: Entry, folder: string): StackFunction {
  if (typeof entry?.handler !== "string") throw new StackError(`the function ${name} has no handler`);
  requireScaleLabels(name, entry);
  return {
    name,
    handler: resolve(folder, entry.handler),
    image: String(entry.image ?? ""),
    environment: { ...toTexts(entry.environment), ...readEnvironmentFiles(name, entry, folder) },
    labels: toTexts(entry.labels),
    annotations: toTexts(entry.annotations),
    secrets: toList(entry.secrets),
    ...(typeof entry.namespace === "string" ? { namespace: entry.namespace } : {}),
    ...(entry.requests ? { requests: toTexts(entry.requests) } : {}),
    ...(entry.limits ? { limits: toTexts(entry.limits) } : {}),
    ...(entry.constraints ? { constraints: toList(entry.constraints) } : {}),
    ...(typeof entry.readonly_root_filesystem === "boolean"
      ? { readOnlyRootFilesystem: entry.readonly_root_filesystem }
      : {}),
    unusedKeys: Object.keys(entry).filter((key) => !usedKeys.has(key)),
  };
}

function requireScaleLabels(name: string, { labels }: Entry): void {
  try {
    readScaleLabels(toTexts(labels));
  } catch (cause) {
    throw new StackError(`the function ${name} cannot scale: ${(cause as Error).message}`, { cause });
  }
}

/** Reads the variables of `environment_file`, which override `environment`, as in faas-cli. */
function readEnvironmentFiles(name: string, { environment_file: files }: Entry, folder: string) {
  const read = (file: string): Record<string, string> => {
    try {
      return toTexts(parse(readFileSync(resolve(folder, file), "utf8"))?.environment);
    } catch (cause) {
      throw new StackError(`cannot read ${file}, the environment_file of the function ${name}`, { cause });
    }
  };
  return Object.assign({}, ...toList(typeof files === "string" ? [files] : files).map(read));
}

/** Replaces `${NAME}` and `${NAME:-default}`. The default replaces an unset or empty variable. */
function substitute(text: string, env: Environment): string {
  return text.replace(
    /\$\{(\w+)(?::-([^}]*))?\}/g,
    (_, name: string, fallback = "") => env[name] || String(fallback),
  );
}

function toList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function toTexts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, entry]) => [key, String(entry)]));
}
