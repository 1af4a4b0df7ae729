import { type HttpAnswer, httpCall } from "../http/http-call.ts";
import { conditionNames, findCondition } from "./api-conditions.ts";
import {
  type ApiExample,
  apiExamples,
  codeKey,
  documentedCodes,
  unansweredExamples,
} from "./api-examples.ts";
import { type ApiCall, documentedQuery, functionsApi, requestProblems } from "./api-requests.ts";

/** Codes that no call can cause, with the reason. */
const withoutExample: readonly { code: string; why: string }[] = [
  { code: "500 internal_error", why: "it stands for a bug" },
];

const functionPaths = [
  ...new Set(functionsApi.operations().map((operation) => operation.split(" ")[1]!)),
].filter((path) => !path.includes("{"));

/**
 * Declares a test of every call that docs/reference/functions-api.yml documents. The last tests fail for a status or a code without an
 * example.
 *
 * @param send makes a call
 */
export function describeFunctionsApi(send: (call: ApiCall) => Promise<HttpAnswer>): void {
  describe("the API of docs/reference/functions-api.yml", () => {
    const seen = new Set<string>();
    const titled = apiExamples.map((example) => ({ ...example, title: toTitle(example) }));

    it.each(titled)("$title", async (example) => {
      const answer = await send(example);
      expectDocumented(example, answer);
      expectExample(example, answer);
      seen.add(codeKey(example, isProblem(answer) ? JSON.parse(answer.body).code : ""));
    });

    it("answers with every documented status and code", () => {
      const missing = documentedCodes.filter(
        (key) => !seen.has(key) && !withoutExample.some(({ code }) => key.endsWith(` ${code}`)),
      );
      expect(missing).toEqual([]);
    });
  });

  describe.each(functionPaths)("%s", (path) => {
    const operations = functionsApi.operations().filter((operation) => operation.endsWith(` ${path}`));
    const methods = operations.map((operation) => operation.split(" ")[0]!);
    const allowed = [
      ...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])),
      "OPTIONS",
    ];
    const ask = (method: string, query = "") =>
      send({
        name: "",
        method,
        path: `${path}${query}`,
        headers: {},
        ...(method === "POST" && { body: "{}" }),
      });

    it("answers OPTIONS with the documented methods, and other methods with 405", async () => {
      expect(await ask("OPTIONS")).toMatchObject({ status: 204, body: "" });
      expect((await ask("OPTIONS")).headers.allow?.split(", ").sort()).toEqual(allowed.sort());
      const refused = await ask("PUT");
      expect([refused.status, JSON.parse(refused.body).code]).toEqual([405, "method_not_allowed"]);
      if (methods.includes("GET")) expect(await ask("HEAD")).toMatchObject({ status: 200, body: "" });
    });

    it("has no other query parameters than the documented ones", async () => {
      for (const operation of operations) {
        const { status, body } = await ask(operation.split(" ")[0]!, "?unknown=1");
        const { code, detail } = JSON.parse(body);
        expect([status, code]).toEqual([400, "invalid_query"]);
        const [, names] = /; allowed: (.*)\.$/.exec(detail) ?? [];
        expect(names?.split(", ").sort()).toEqual(documentedQuery(operation).sort());
      }
    });
  });

  describe("docs/reference/functions-api.yml", () => {
    it("has requests that fit their schemas where the answer is a success", () => {
      const successes = apiExamples.filter(({ status, answer }) => {
        return status < 400 && !JSON.stringify(answer?.value ?? "").includes("error");
      });
      expect(successes.flatMap(requestProblems)).toEqual([]);
    });

    it("has an answer for each example of a request, and uses each condition", () => {
      expect(unansweredExamples()).toEqual([]);
      const names = apiExamples.map(({ name }) => name);
      expect(conditionNames.filter((name) => !names.includes(name))).toEqual([]);
    });
  });
}

/** A gateway whose functions are called. */
export interface FunctionsUnderTest {
  /** Returns its URL when the tests run. */
  url: () => string;
  /** The functions that may be called, because their calls store nothing. */
  functions: readonly string[];
  /** Whether last-block reads the fake node. */
  hasFakeChain: boolean;
}

/**
 * Declares tests of the documented calls that need no special settings, against functions behind a gateway. Their answers match status,
 * headers, media type and schema; other chains and stores return other values than the examples.
 */
export function describeFunctionsBehind({ url, functions, hasFakeChain }: FunctionsUnderTest): void {
  const possible = apiExamples.filter(({ name, path }) => {
    const { environment, needsDefaults, needsFakeChain } = findCondition(name);
    const isCallable = functions.some((callee) => path.startsWith(`/function/${callee}`));
    if (!isCallable || environment !== undefined || needsDefaults) return false;
    return (hasFakeChain || !needsFakeChain) && !path.endsWith("/metrics"); // METRICS determines that answer
  });
  describe("the API of docs/reference/functions-api.yml behind the gateway", () => {
    it.each(possible.map((example) => ({ ...example, title: toTitle(example) })))(
      "$title",
      async (example) => {
        const { headers, body } = findCondition(example.name);
        const call = { ...example, ...(headers && { headers }), ...(body && { body }) };
        expectDocumented(example, await httpCall(`${url()}${example.path}`, call));
      },
    );
  });
}

/** Compares status, headers, media type and schema of an answer with the description. */
function expectDocumented(example: ApiExample, answer: HttpAnswer): void {
  if (answer.status !== example.status) {
    throw new Error(`${answer.status} instead of ${example.status}: ${answer.body.slice(0, 500)}`);
  }
  const mediaType = answer.headers["content-type"]?.split(";")[0];
  expect(mediaType).toBe(example.answer?.mediaType);
  expect(functionsApi.bodyProblems(example, answer)).toEqual([]);
  expect(functionsApi.missingHeaders(example, answer)).toEqual([]);
}

/** Compares headers and body of an answer with their examples. */
function expectExample(
  { answer: documented, answerHeaders }: ApiExample,
  { headers, body }: HttpAnswer,
): void {
  expect(headers).toMatchObject(answerHeaders);
  if (documented === undefined) return;
  const { mediaType, value } = documented;
  if (mediaType === "text/plain") expect(body).toContain(value);
  else if (mediaType === "application/x-ndjson") expect(parseLines(body)).toEqual(parseLines(String(value)));
  else expect(withoutTimes(JSON.parse(body))).toEqual(withoutTimes(value));
}

function parseLines(text: string): unknown[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => withoutTimes(JSON.parse(line)));
}

/** Returns a value without the times that documents contain. */
function withoutTimes(value: unknown): unknown {
  const isTime = (name: string) => name === "Date" || name === "X-Start-Time";
  return JSON.parse(JSON.stringify(value, (name, inner) => (isTime(name) ? undefined : inner)));
}

function isProblem({ headers }: HttpAnswer): boolean {
  return headers["content-type"]?.startsWith("application/problem+json") === true;
}

function toTitle({ operation, name, status }: ApiExample): string {
  return `${operation} ${name} → ${status}`;
}
