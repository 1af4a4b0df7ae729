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
 * The namespace that a request names: in its URL, or with this value in its body (empty: none); the default one when it names none.
 * @throws UnknownNamespaceError (400); InvalidQueryError (400) when both name different ones
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
 * The function of a URL that ends in NAME or NAME.NAMESPACE.
 * @throws as readNamespace
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
