import { ApiDescription, type Pointer, toPointer } from "../openapi/api-description.ts";

/** docs/reference/functions-api.yml. */
export const functionsApi = new ApiDescription("functions-api.yml");

/** A call of a function. */
export interface ApiCall {
  /** The name of its examples. */
  name: string;
  method: string;
  /** Path and query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

interface Parameter {
  name: string;
  in: "query" | "header" | "path";
  examples?: Examples;
}

/** Examples by their names. */
export type Examples = Readonly<Record<string, { value: unknown }>>;

/** An example of a request, and the pointer to its schema. */
interface RequestExample {
  pointer: Pointer;
  value: unknown;
}

/** Returns the problems of the request's examples according to the schemas of parameters and body. */
export function requestProblems({ operation, name }: { operation: string; name: string }): string[] {
  return requestExamples(operation, name).flatMap(({ pointer, value }) =>
    functionsApi.problems([...pointer, "schema"], value),
  );
}

/** The names of an operation's query parameters. */
export function documentedQuery(operation: string): string[] {
  const parameters = parameterPointers(operation).map(
    (pointer) => functionsApi.at(pointer) as unknown as Parameter,
  );
  return parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
}

/** The names of the examples of all requests. */
export function requestExampleNames(): string[] {
  return functionsApi
    .operations()
    .flatMap((operation) => [...parameterPointers(operation), ...bodyPointers(operation)])
    .flatMap((pointer) => Object.keys(functionsApi.at(pointer).examples ?? {}));
}

/** The pointers to the parameters of an operation, without references. */
function parameterPointers(operation: string): Pointer[] {
  const own = toPointer(operation);
  return [own.slice(0, 2), own].flatMap((owner) => {
    const pointer = [...owner, "parameters"];
    return Object.keys(functionsApi.at(pointer)).map((index) => functionsApi.follow([...pointer, index]));
  });
}

/** The pointers to the media types of an operation's body. */
function bodyPointers(operation: string): Pointer[] {
  const pointer = [...toPointer(operation), "requestBody", "content"];
  return Object.keys(functionsApi.at(pointer)).map((mediaType) => [...pointer, mediaType]);
}

/** The examples of a name in an operation's parameters and body. */
export function requestExamples(operation: string, name: string): RequestExample[] {
  return [...parameterPointers(operation), ...bodyPointers(operation)].flatMap((pointer) => {
    const { examples = {} } = functionsApi.at(pointer) as { examples?: Examples };
    return name in examples ? [{ pointer, value: examples[name]?.value }] : [];
  });
}

/** Returns the call with the examples of a name. */
export function toRequest(operation: string, name: string): Omit<ApiCall, "name"> {
  const [method = "", template = ""] = operation.split(" ");
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  let path = template;
  let body: string | undefined;
  for (const { pointer, value } of requestExamples(operation, name)) {
    if (pointer.at(-2) === "content") {
      const mediaType = pointer.at(-1)!;
      headers["content-type"] = concreteType(mediaType);
      body = toBody(mediaType, value);
      continue;
    }
    const parameter = functionsApi.at(pointer) as unknown as Parameter;
    if (parameter.in === "header") headers[parameter.name] = String(value);
    else if (parameter.in === "query") query.set(parameter.name, String(value));
    else path = path.replace(`{${parameter.name}}`, String(value));
  }
  const text = query.toString();
  return {
    method,
    path: text === "" ? path : `${path}?${text}`,
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

/** Returns a type that a range of types stands for. */
function concreteType(mediaType: string): string {
  return mediaType.replace("*/*", "application/octet-stream").replace("text/*", "text/csv");
}

function toBody(mediaType: string, value: unknown): string {
  if (mediaType === "application/json") return JSON.stringify(value);
  if (mediaType !== "application/x-www-form-urlencoded") return String(value);
  const fields = Object.entries(value as Record<string, string | string[]>);
  const pairs = fields.flatMap(([name, values]) =>
    [values].flat().map((text): [string, string] => [name, text]),
  );
  return String(new URLSearchParams(pairs));
}
