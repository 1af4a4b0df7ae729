import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import type { FunctionDefinition } from "../http/function-target.ts";

/** One function of a stack file. */
export interface StackFunction extends FunctionDefinition {
  /** The folder with handler.js, absolute. */
  handler: string;
  /** The error of its last build, where that failed (scripts/build.mjs writes it beside the bundle). */
  buildError?: string;
}

/** The stack file is missing, is not YAML, or lacks something. */
export class StackError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a stack file's functions, each built or with its build's error, its variables replaced as faas-cli does; throws StackError. */
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
      throw new StackError(`the function ${name} is not built: there is no handler.js in ${handler}`);
  }
  return functions;
}

/** The functions of a stack file's text; relative handlers start at the folder. Throws StackError. */
export function parseStack(text: string, env: Environment, folder: string): StackFunction[] {
  let stack: { functions?: Record<string, Record<string, unknown>> } | null;
  try {
    stack = parse(substitute(text, env));
  } catch (cause) {
    throw new StackError(`the stack file is not YAML: ${(cause as Error).message}`, { cause });
  }
  const functions = Object.entries(stack?.functions ?? {});
  if (functions.length === 0) throw new StackError("the stack file has no functions");
  return functions.map(([name, value]) => {
    if (typeof value?.handler !== "string") throw new StackError(`the function ${name} has no handler`);
    return {
      name,
      handler: resolve(folder, value.handler),
      image: String(value.image ?? ""),
      environment: texts(value.environment),
      labels: texts(value.labels),
      annotations: texts(value.annotations),
      secrets: Array.isArray(value.secrets) ? value.secrets.map(String) : [],
      ...(value.requests ? { requests: texts(value.requests) } : {}),
      ...(value.limits ? { limits: texts(value.limits) } : {}),
    };
  });
}

/** `${NAME}` and `${NAME:-default}`; a variable that is unset or empty gives way to the default. */
function substitute(text: string, env: Environment): string {
  return text.replace(
    /\$\{(\w+)(?::-([^}]*))?\}/g,
    (_, name: string, fallback = "") => env[name] || String(fallback),
  );
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, entry]) => [key, String(entry)]));
}
