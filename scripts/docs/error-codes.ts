import { codeIn, type TableRow } from "./read-tables.ts";
import {
  isNode,
  nodesIn,
  parseSource,
  readName,
  readSources,
  readText,
  type SyntaxNode,
} from "./source-files.ts";

/** An error with a code. */
export interface ErrorCode {
  /** `404`; `4xx, 5xx` if the source has a variable, such as the status that a handler sets. */
  status: string;
  code: string;
}

/** The functions and classes that take a status and a code as consecutive arguments. */
const errorCalls = ["sendProblem", "RefusedCall"];

/**
 * Returns the errors that the files of a folder create.
 * @throws Error for a subclass of PlatformError without a literal code
 */
export function errorsInSource(folder: string): (ErrorCode & { path: string })[] {
  return readSources(folder)
    .filter(({ text }) => text.includes("PlatformError") || errorCalls.some((name) => text.includes(name)))
    .flatMap((file) => {
      const nodes = parseSource(file);
      const silent = nodes.find((node) => isErrorClass(node) && nodesIn(node).flatMap(errorIn).length === 0);
      if (silent !== undefined)
        throw new Error(`${file.path}: ${readName(silent.identifier)} has no literal code`);
      return nodes.flatMap(errorIn).map((error) => ({ ...error, path: file.path }));
    });
}

/** Returns the errors in a table with a column `code` and, except for commands, a column `status`. */
export function errorsInTable(rows: readonly TableRow[]): ErrorCode[] {
  return rows.flatMap(({ status = "", code = "" }) => codeIn(code).map((text) => ({ status, code: text })));
}

function isErrorClass({ type, superClass }: SyntaxNode): boolean {
  return type === "ClassDeclaration" && readName(superClass) === "PlatformError";
}

/** Returns the error that a node creates: `{ status: 404, code: "not_found" }` or `sendProblem(response, 404, "not_found")`. */
function errorIn(node: SyntaxNode): ErrorCode[] {
  if (node.type === "ObjectExpression") {
    const values = new Map((node.properties as SyntaxNode[]).map(({ key, value }) => [readName(key), value]));
    return values.has("status") ? toError(values.get("status"), values.get("code")) : [];
  }
  if (!errorCalls.includes(readName(node.callee) ?? "")) return [];
  const values = (node.arguments as { expression: unknown }[]).map(({ expression }) => expression);
  const codeIndex = values.findIndex((value) => readText(value) !== undefined);
  return toError(values[codeIndex - 1], values[codeIndex]);
}

function toError(status: unknown, code: unknown): ErrorCode[] {
  const text = readText(code);
  if (text === undefined) return [];
  const isLiteral = isNode(status) && status.type === "NumericLiteral";
  return [{ status: isLiteral ? String(status.value) : "4xx, 5xx", code: text }];
}
