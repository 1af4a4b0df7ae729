import type { DocumentedAnswer, Pointer } from "../openapi/api-description.ts";
import {
  type ApiCall,
  type Examples,
  functionsApi,
  requestExampleNames,
  requestExamples,
  toRequest,
} from "./api-requests.ts";

/** A documented call: the examples with the same name in an operation and in one of its responses. */
export interface ApiExample extends DocumentedAnswer, ApiCall {
  /** The example of the answer's body; undefined if the response has no body. */
  answer?: { mediaType: string; value: unknown };
  /** The examples of the answer's headers. */
  answerHeaders: Readonly<Record<string, string>>;
}

/** All documented calls. */
export const apiExamples: readonly ApiExample[] = functionsApi.answers.flatMap(findExamples);

/** The statuses of all operations, with each documented code. */
export const documentedCodes: readonly string[] = functionsApi.answers.flatMap((answer) => {
  const { content = {} } = functionsApi.at(functionsApi.responsePointer(answer));
  const codes: string[] = content["application/problem+json"]?.schema.allOf[1].properties.code.enum ?? [""];
  return codes.map((code) => codeKey(answer, code));
});

/** `POST /function/sentiment 400 empty_body`; without a code `GET /function/last-block 304`. */
export function codeKey({ operation, status }: DocumentedAnswer, code = ""): string {
  return `${operation} ${status} ${code}`.trimEnd();
}

/** The names of request examples without an answer. */
export function unansweredExamples(): string[] {
  const answered = new Set(apiExamples.map(({ name }) => name));
  return requestExampleNames().filter((name) => !answered.has(name));
}

function findExamples(documented: DocumentedAnswer): ApiExample[] {
  const { content = {}, headers = {} } = functionsApi.at(functionsApi.responsePointer(documented));
  const headerExamples = Object.entries<object>(headers).map(([name, header]) => {
    const { examples = {} } =
      "$ref" in header ? functionsApi.at(followed(header)) : (header as { examples?: Examples });
    return [name, examples as Examples] as const;
  });
  const answers = Object.entries<{ examples?: Examples }>(content).flatMap(([mediaType, { examples = {} }]) =>
    Object.entries(examples).map(([name, { value }]) => ({ name, answer: { mediaType, value } })),
  );
  const names = headerExamples.flatMap(([, examples]) => Object.keys(examples));
  const named = answers.length > 0 ? answers : [...new Set(names)].map((name) => ({ name }));
  const own = named.filter(({ name }) => isOfOperation(documented.operation, name));
  return own.map((example) => ({
    ...documented,
    ...example,
    ...toRequest(documented.operation, example.name),
    answerHeaders: Object.fromEntries(
      headerExamples.flatMap(([header, examples]) =>
        example.name in examples ? [[header.toLowerCase(), String(examples[example.name]?.value)]] : [],
      ),
    ),
  }));
}

/** Whether a response's example belongs to an operation; the request may belong to another operation of the same path. */
function isOfOperation(operation: string, name: string): boolean {
  if (requestExamples(operation, name).length > 0) return true;
  const [, path] = operation.split(" ");
  const others = functionsApi.operations().filter((other) => other.endsWith(` ${path}`));
  return others.every((other) => requestExamples(other, name).length === 0);
}

function followed({ $ref: reference }: { $ref?: unknown }): Pointer {
  return String(reference).slice("#/".length).split("/");
}
