import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../test/support/repo.ts";
import { codeIn, type TableRow } from "./read-tables.ts";
import { isNode, parseSource, readName, readSources, readText, type SyntaxNode } from "./source-files.ts";

/** A header that a file reads or writes. */
interface SourceHeader {
  /** In lower case. It ends with a hyphen if the code computes the rest. */
  name: string;
  path: string;
}

/** Names that mean headers wherever they are written. */
const always = /^((x|dead-letter)-[a-z\d-]+|traceparent|tracestate|baggage)$/;

/** Names of one word, which mean headers only where headers are read or written. All other names have hyphens. */
const words =
  /^(accept|allow|authorization|connection|cookie|etag|expect|hmac|host|location|origin|prefer|vary|warning)$/;

const maybeHeaders = /header|writeHead|sendProblem|["`](x|dead-letter)-|traceparent|\.(get|set|vary)\(/i;

/** Returns the headers that the files of a folder read or write. */
export function headersInSource(folder: string): SourceHeader[] {
  return readSources(folder)
    .filter(({ text }) => maybeHeaders.test(text))
    .flatMap((file) => {
      const names = parseSource(file).flatMap((node) => [
        ...stringsAt(node).filter((name) => always.test(name)),
        ...namesAt(node).filter((name) => name.includes("-") || words.test(name)),
      ]);
      return toHeaders(names, file.path);
    });
}

/** Returns the headers that a NiFi flow reads or writes: properties, `${X-Start-Time}`, and patterns for names of headers. */
export function headersInFlow(path: string): SourceHeader[] {
  const text = readFileSync(join(root, path), "utf8");
  const properties = [...text.matchAll(/"((?:X|dead-letter)-[\w-]+|Prefer)": "|\$\{(X-[\w-]+)/g)];
  const patterns = [...text.matchAll(/"[^"]*Header[^"]*Pattern": "([^"]*)"/g)];
  const names = [
    ...properties.map(([, property, variable]) => property ?? variable!),
    ...patterns.flatMap(([, alternatives]) => alternatives!.split("|")).filter((name) => !name.endsWith("*")),
  ];
  return toHeaders(names, path);
}

/** Returns the names in the column `header`, in lower case; `X-Kafka-Header-<name>` and `Access-Control-…` end with a hyphen. */
export function headersInTable(rows: readonly TableRow[]): string[] {
  return rows.flatMap(({ header = "" }) =>
    codeIn(header)
      .filter((name) => !name.includes("_")) // a setting
      .map((name) => name.replace(/:.*|<.*|…$/, "").toLowerCase()),
  );
}

function toHeaders(names: readonly string[], path: string): SourceHeader[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].map((name) => ({ name, path }));
}

/** The strings of a node, in lower case. The constant `deadLetterPrefix` is resolved. */
function stringsAt(node: SyntaxNode): string[] {
  if (node.type === "StringLiteral") return [String(node.value).toLowerCase()];
  if (node.type !== "TemplateLiteral") return [];
  const [before, after] = (node.quasis as { cooked: string }[]).map(({ cooked }) => cooked);
  const [variable] = node.expressions as SyntaxNode[];
  return readName(variable) === "deadLetterPrefix" ? [`dead-letter-${after}`] : [`${before}`];
}

/** The names in code that reads or writes headers, in lower case. */
function namesAt(node: SyntaxNode): string[] {
  return headerNamesAt(node).map((name) => name.toLowerCase());
}

function headerNamesAt(node: SyntaxNode): string[] {
  switch (node.type) {
    case "VariableDeclarator": // const { allow } = request.headers; const headers = { … }
      return isHeaders(node.init) ? readKeys(node.id) : readHeaderKeys(node.id, node.init);
    case "AssignmentExpression":
      return readHeaderKeys(node.left, node.right);
    case "KeyValueProperty":
    case "KeyValuePatternProperty":
    case "ClassProperty":
    case "PrivateProperty":
      return readHeaderKeys(node.key, node.value);
    case "MemberExpression": // request.headers.prefer
      return isHeaders(node.object) ? [readName(node.property) ?? ""] : [];
    case "CallExpression":
      return namesInCall(node);
    default:
      return [];
  }
}

const isHeaders = (node: unknown) => /headers$/i.test(readName(node) ?? "");

const readHeaderKeys = (name: unknown, value: unknown) => (isHeaders(name) ? readKeys(value) : []);

/** `request.header("prefer")`, `response.set("allow", "GET")`, `response.writeHead(200, { … })`, `sendProblem(…, { … })` */
function namesInCall({ callee, arguments: values }: SyntaxNode): string[] {
  const name = readName(callee) ?? "";
  const isOnMessage = /^(get|set|vary)$/.test(name) && isNode(callee) && isMessage(callee.object);
  if (!isOnMessage && !/header|^writeHead$|^sendProblem$/i.test(name)) return [];
  const passed = (values as { expression: SyntaxNode }[]).map(({ expression }) => expression);
  return [readText(passed[0]) ?? "", ...passed.flatMap(readKeys)];
}

/** Whether a node is a request, a response or headers: `response`, `response.status(200)`, `answer.headers`. */
function isMessage(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (isHeaders(node) || /^(request|response)$/.test(readName(node) ?? "")) return true;
  return isNode(node.callee) && isMessage(node.callee.object);
}

/** Returns the keys of an object or a pattern, also of those spread into it and of alternatives. */
function readKeys(node: unknown): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case "ObjectExpression":
    case "ObjectPattern":
      return (node.properties as SyntaxNode[]).flatMap((property) =>
        property.type === "SpreadElement"
          ? readKeys(property.arguments)
          : [readName(property.key ?? property) ?? ""],
      );
    case "ConditionalExpression":
      return [...readKeys(node.consequent), ...readKeys(node.alternate)];
    case "BinaryExpression": // response ?? { … }
      return readKeys(node.right);
    case "ParenthesisExpression":
    case "TsAsExpression":
    case "TsSatisfiesExpression":
      return readKeys(node.expression);
    default:
      return [];
  }
}
