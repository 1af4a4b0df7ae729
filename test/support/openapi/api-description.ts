import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type AnySchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import type { HttpAnswer } from "../http/http-call.ts";
import { root } from "../repo.ts";

/** An answer that a description lists. */
export interface DocumentedAnswer {
  /** Method and path, such as `GET /system/function/{name}`. */
  operation: string;
  status: number;
}

/** A path of keys in the document. */
export type Pointer = readonly string[];

const methods = ["get", "put", "post", "delete"];

/** An OpenAPI document of docs/reference. */
export class ApiDescription {
  /** Every operation with each of its documented statuses; `default` stands for the others. */
  readonly answers: readonly DocumentedAnswer[];
  readonly document: AnySchemaObject;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(file: string) {
    this.document = parse(readFileSync(join(root, "docs", "reference", file), "utf8"));
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.document, "api");
    this.answers = this.operations().flatMap((operation) =>
      Object.keys(this.at([...toPointer(operation), "responses"]))
        .filter((status) => status !== "default")
        .map((status) => ({ operation, status: Number(status) })),
    );
  }

  /** Method and path of each operation. */
  operations(): string[] {
    return Object.entries<object>(this.document.paths).flatMap(([path, item]) =>
      methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /** The pointer to a response of an operation, without references. */
  responsePointer({ operation, status }: DocumentedAnswer): Pointer {
    return this.follow([...toPointer(operation), "responses", String(status)]);
  }

  /** The target pointer of a reference; the same pointer if it is not a reference. */
  follow(pointer: Pointer): Pointer {
    const { $ref: reference } = this.at(pointer);
    return typeof reference === "string" ? reference.slice("#/".length).split("/") : pointer;
  }

  /** The value at a pointer; an empty object if the document has none. */
  at(pointer: Pointer): AnySchemaObject {
    return pointer.reduce<AnySchemaObject>((value, key) => value[key] ?? {}, this.document);
  }

  /** The problems of a value according to the schema at a pointer; empty for a valid value. */
  problems(pointer: Pointer, value: unknown): string[] {
    const validate: ValidateFunction | undefined = this.#ajv.getSchema(
      `api#/${pointer.map(toPointerPart).join("/")}`,
    );
    if (validate === undefined) return [`there is no schema at ${pointer.join(" ")}`];
    return validate(value) ? [] : [this.#ajv.errorsText(validate.errors)];
  }

  /** The problems of an answer's body; empty for a valid body. */
  bodyProblems(documented: DocumentedAnswer, answer: HttpAnswer): string[] {
    const pointer = this.responsePointer(documented);
    const types = Object.keys(this.at(pointer).content ?? {});
    const [first] = types;
    if (first === undefined) return answer.body === "" ? [] : ["the body must be empty"];
    if (/^(text|\*)\//.test(first) || (answer.body === "" && documented.status < 300)) return [];
    const content = types.find((type) => answer.headers["content-type"]?.startsWith(type));
    if (content === undefined) return [`the content type must be ${types.join(" or ")}`];
    const texts = content.endsWith("ndjson") ? answer.body.split("\n").filter(Boolean) : [answer.body];
    return texts.flatMap((text) =>
      this.problems([...pointer, "content", content, "schema"], JSON.parse(text)),
    );
  }

  /** The names of the required headers that an answer lacks. */
  missingHeaders(documented: DocumentedAnswer, answer: HttpAnswer): string[] {
    const pointer = [...this.responsePointer(documented), "headers"];
    return Object.keys(this.at(pointer)).filter(
      (name) =>
        this.at(this.follow([...pointer, name])).required === true && !(name.toLowerCase() in answer.headers),
    );
  }
}

/** The pointer to an operation. */
export function toPointer(operation: string): Pointer {
  const [method = "", path = ""] = operation.split(" ");
  return ["paths", path, method.toLowerCase()];
}

/** Escapes a part of a JSON pointer for a URI. */
function toPointerPart(part: string): string {
  return encodeURIComponent(part.replace(/~/g, "~0").replace(/\//g, "~1"));
}
