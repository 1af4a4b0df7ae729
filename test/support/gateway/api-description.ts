import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import type { HttpAnswer } from "../http/http-call.ts";
import { root } from "../repo.ts";

/** An answer that docs/reference/gateway-api.yml describes. */
export interface DocumentedAnswer {
  /** Method and path, such as `GET /system/function/{name}`. */
  operation: string;
  status: number;
}

type Responses = Readonly<Record<string, object>>;
type PathItem = Readonly<Record<string, { responses?: Responses }>>;

const id = "gateway-api";
const description = parse(readFileSync(join(root, "docs", "reference", "gateway-api.yml"), "utf8")) as {
  paths: Readonly<Record<string, PathItem>>;
} & AnySchemaObject;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(description, id);

const methods = ["get", "put", "post", "delete"];

/** Every operation with every status that it lists; `default` stands for the others. */
export const documentedAnswers: readonly DocumentedAnswer[] = Object.entries<PathItem>(
  description.paths,
).flatMap(([path, item]) =>
  methods.flatMap((method) =>
    Object.keys(item[method]?.responses ?? {})
      .filter((status) => status !== "default")
      .map((status) => ({ operation: `${method.toUpperCase()} ${path}`, status: Number(status) })),
  ),
);

/** The problems of a body by the description; empty for a valid body. */
export function bodyProblems({ operation, status }: DocumentedAnswer, answer: HttpAnswer): string[] {
  const [method = "", path = ""] = operation.split(" ");
  const pointer = resolve(["paths", path, method.toLowerCase(), "responses", String(status)]);
  const content = Object.keys(at(pointer).content ?? {})[0];
  if (content === undefined) return answer.body === "" ? [] : ["the body must be empty"];
  if (/^(text|\*)\//.test(content) || (answer.body === "" && status < 300)) return [];
  if (!answer.headers["content-type"]?.startsWith(content)) return [`the content type must be ${content}`];
  const validate = ajv.getSchema(
    `${id}#/${[...pointer, "content", content, "schema"].map(toPointerPart).join("/")}`,
  );
  if (validate === undefined) return [`there is no schema of ${operation} ${status}`];
  const texts = content.endsWith("ndjson") ? answer.body.split("\n").filter(Boolean) : [answer.body];
  return texts.flatMap((text) => (validate(JSON.parse(text)) ? [] : [ajv.errorsText(validate.errors)]));
}

/** Follows a reference. */
function resolve(pointer: string[]): string[] {
  const { $ref: reference } = at(pointer);
  return typeof reference === "string" ? reference.slice("#/".length).split("/") : pointer;
}

function at(pointer: readonly string[]): { $ref?: string; content?: object } {
  return pointer.reduce<AnySchemaObject>((value, key) => value[key], description) as { $ref?: string };
}

/** A part of a JSON pointer in a URI. */
function toPointerPart(part: string): string {
  return encodeURIComponent(part.replace(/~/g, "~0").replace(/\//g, "~1"));
}
