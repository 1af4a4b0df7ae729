import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RawAnswer } from "../../support/http/raw-http.ts";
import { root } from "../../support/repo.ts";

/** Answers of the template and of Node.js, independent of the function: docs/explanation/template-traps.md lists them. */
const templateStatuses = [400, 404, 413, 415, 417, 431];
/** Errors that every function may answer: docs/reference/error-codes.md. */
const commonErrors = ["401 unauthorized", "415 unsupported_media_type"];

/** Reads the errors of a function's README, as "status code". */
export function documentedErrors(name: string): ReadonlySet<string> {
  const readme = readFileSync(join(root, "functions", name, "README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| ([45]\d\d) +\| ([^|]+)\|/gm)];
  const errors = rows.flatMap(([, status, codes = ""]) =>
    [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => `${status} ${code}`),
  );
  if (errors.length < 3) throw new Error(`${name}'s README has no table of errors`);
  return new Set([...errors, ...commonErrors]);
}

/** Texts that no answer and no log line may contain: frames of a stack trace, files of this machine, and the secrets. */
export function findLeak(text: string, secrets: readonly string[]): string | undefined {
  const leak = secrets.find((secret) => text.includes(secret));
  return leak ?? /^ +at .+:\d+:\d+\)?$|node_modules|\bnode:internal/m.exec(text)?.[0];
}

/** Returns the problem of an answer, or undefined. `errors` lists the documented errors of the function. */
export function findProblem(
  answer: RawAnswer,
  errors: ReadonlySet<string>,
  secrets: readonly string[],
): string | undefined {
  const { status, headers, body } = answer;
  const leak = findLeak(`${JSON.stringify(headers)}\n${body.toString("utf8")}`, secrets);
  if (leak !== undefined) return `it tells ${leak}`;
  // Every answer of a handler has a call id, except a 304 that express makes for a caller with the same ETag.
  if (headers["x-call-id"] === undefined) {
    return templateStatuses.includes(status)
      ? undefined
      : `no handler answers ${status}, and neither should the template`;
  }
  if (body.length === 0) return undefined;
  try {
    return findBodyProblem(status, headers["content-type"] ?? "", decode(body), errors);
  } catch (error) {
    return `its body is not what ${headers["content-type"]} says: ${(error as Error).message}`;
  }
}

const decode = (body: Buffer) => new TextDecoder("utf-8", { fatal: true }).decode(body);

function findBodyProblem(status: number, type: string, text: string, errors: ReadonlySet<string>) {
  const isError = status >= 400;
  if (type.startsWith("application/problem+json") && isError) {
    const problem = JSON.parse(text);
    if (problem.status !== status || typeof problem.detail !== "string")
      return "its problem is not that of its status";
    return complaintAboutError(problem, errors);
  }
  if (status !== 200) return `${status} with ${type}`;
  const entries = parseEntries(type, text);
  if (entries === undefined) return `200 with ${type}`;
  return entries
    .flatMap((entry) => (isItemError(entry) ? [complaintAboutError(entry.error, errors)] : []))
    .find((wrong) => wrong !== undefined);
}

function parseEntries(type: string, text: string): unknown[] | undefined {
  if (type.startsWith("application/json")) return [JSON.parse(text)].flat();
  if (!type.startsWith("application/x-ndjson")) return undefined;
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

interface ErrorFacts {
  status: number;
  code: string;
}

function isItemError(entry: unknown): entry is { error: ErrorFacts } {
  return typeof entry === "object" && entry !== null && "index" in entry && "error" in entry;
}

function complaintAboutError({ status, code }: ErrorFacts, errors: ReadonlySet<string>): string | undefined {
  return errors.has(`${status} ${code}`) ? undefined : `its README does not know ${status} ${code}`;
}
