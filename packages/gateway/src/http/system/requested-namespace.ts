import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import type { Request } from "express";
import type { FunctionCatalog } from "../function-catalog.ts";
import type { FunctionKey, FunctionProvider } from "../function-provider.ts";
import { UnknownNamespaceError } from "./system-errors.ts";

/** Options of the lookup of namespaces. */
export interface NamespaceOptions {
  functions: FunctionCatalog;
  provider?: FunctionProvider | undefined;
}

/** The namespaces of functions, the default one first. */
export async function namespaceNames({ functions, provider }: NamespaceOptions): Promise<string[]> {
  if (provider === undefined) return functions.namespaces();
  return [...new Set([functions.defaultNamespace, ...(await provider.namespaces.list())])];
}

/**
 * Reads the namespace of a request from its URL or from this value of its body (empty: none), else returns the default one.
 * @throws UnknownNamespaceError (400); InvalidQueryError (400) when URL and body differ
 */
export async function readNamespace(
  options: NamespaceOptions,
  request: Request,
  namespaceInBody?: string,
): Promise<string> {
  const inBody = namespaceInBody || undefined;
  const inQuery = queryNamespace(request);
  if (inQuery !== undefined && inBody !== undefined && inQuery !== inBody) {
    throw new InvalidQueryError({ parameter: "namespace", allowed: "the namespace of the body" });
  }
  const name = inQuery ?? inBody;
  if (name === undefined) return options.functions.defaultNamespace;
  const names = await namespaceNames(options);
  if (!names.includes(name)) throw new UnknownNamespaceError({ name, names });
  return name;
}

/**
 * Reads the function of a URL that ends in NAME or NAME.NAMESPACE.
 * @throws the errors of readNamespace
 */
export async function readFunctionKey(
  options: NamespaceOptions,
  request: Request,
  namespaceInBody?: string,
): Promise<FunctionKey> {
  const inBody = namespaceInBody || undefined;
  const [name = "", ...rest] = (request.params.name ?? "").split(".");
  const inPath = rest.length === 0 ? undefined : rest.join(".");
  if (inPath !== undefined && inBody !== undefined && inPath !== inBody) {
    throw new InvalidQueryError({ parameter: "namespace", allowed: `that of the path, ${inPath}` });
  }
  return { name, namespace: await readNamespace(options, request, inPath ?? inBody) };
}

/** The last value of a repeated parameter counts. */
function queryNamespace(request: Request): string | undefined {
  const query = new URLSearchParams(request.originalUrl.replace(/^[^?]*/, ""));
  return query.getAll("namespace").at(-1) || undefined;
}
