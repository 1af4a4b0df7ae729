import { parseExactJson } from "../text/exact-json.ts";
import type { CleanMessage } from "./clean-message.ts";
import type { HttpAnswer } from "./post-json.ts";
import { clampSeconds, parseRetryAfter } from "./retry-after.ts";
import { RpcError } from "./rpc-error.ts";

/** A call's result, or the node's refusal. */
export type Outcome = { result: unknown } | { error: RpcError };

/** The error of the first refused call. */
export function firstError(outcomes: readonly Outcome[]): RpcError | undefined {
  for (const outcome of outcomes) if ("error" in outcome) return outcome.error;
  return undefined;
}

interface RpcAnswer {
  id?: unknown;
  result?: unknown;
  error?: unknown;
}

/**
 * Reads the outcomes of the calls with the ids 1 to `count`, in this order; a node may answer a batch in any order. The result
 * is null if the node has no such block, whether it answers null or an error.
 * @throws RpcError when the node refuses the whole request, in any format
 */
export function readAnswer(http: HttpAnswer, count: number, clean: CleanMessage): Outcome[] {
  const answers = readAnswers(http, count, clean);
  const byId = new Map(answers.map((answer) => [String(answer.id), answer]));
  const outcomes = Array.from({ length: count }, (_, index) => {
    const answer = byId.get(String(index + 1)) ?? (count === 1 ? byId.get("null") : undefined);
    return answer && readOutcome(http, answer, clean);
  });
  // A refusal of the whole request has no id, or an id of none of the calls.
  const refusal = answers.find(({ id, result }) => result === undefined && !isCallId(id, count));
  const toRefusal = () => toRpcError(http, refusal, clean);
  if (outcomes.every((outcome) => outcome === undefined)) throw toRefusal();
  return outcomes.map((outcome) => outcome ?? { error: toRefusal() });
}

/** The outcome of a single call. */
export function toOutcome(http: HttpAnswer, answer: RpcAnswer, clean: CleanMessage): Outcome {
  return readOutcome(http, answer, clean) ?? { error: toRpcError(http, answer, clean) };
}

function readOutcome(http: HttpAnswer, answer: RpcAnswer, clean: CleanMessage): Outcome | undefined {
  if (!isError(answer.error)) return answer.result === undefined ? undefined : { result: answer.result };
  const error = toRpcError(http, answer, clean);
  return error.kind === "not found" ? { result: null } : { error };
}

/**
 * Reads the JSON-RPC answers.
 * @throws RpcError if there are none
 */
function readAnswers(http: HttpAnswer, count: number, clean: CleanMessage): RpcAnswer[] {
  const value = tryParse(http.text);
  const answers: RpcAnswer[] = [value]
    .flat()
    .filter((answer) => typeof answer === "object" && answer !== null);
  if (http.status === 200 && answers.length > 0 && (count === 1 || Array.isArray(value))) return answers;
  throw toRpcError(http, answers.find(({ error }) => isError(error)) ?? answers[0] ?? http.text, clean);
}

/** The value of a JSON text; undefined for any other text. */
function tryParse(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error; // nested too deep
  }
}

/** JSON-RPC 1.0 has `"error": null` beside a result. */
function isError(error: unknown): boolean {
  return error !== undefined && error !== null;
}

/** Whether the id is that of a call in the request. */
function isCallId(id: unknown, count: number): boolean {
  return Number(id) >= 1 && Number(id) <= count;
}

/** Converts a JSON-RPC answer, a gateway's JSON (`{"message": …}`, `{"error": "…"}`) or a text to an error. */
function toRpcError({ status, retryAfter }: HttpAnswer, answer: unknown, clean: CleanMessage): RpcError {
  const { error } = Object(answer) as RpcAnswer;
  const refusal = typeof error === "object" && error !== null ? error : answer;
  const { code, data } = Object(refusal) as { code?: unknown; data?: unknown };
  return new RpcError({
    code: /^-?\d+$/.test(String(code)) ? Number(code) : undefined,
    status,
    message: clean(readMessage(refusal)),
    retryAfter: parseRetryAfter(retryAfter) ?? readBackoff(data),
  });
}

/** The message of a refusal, including details in `data`. */
function readMessage(refusal: unknown): string {
  if (typeof refusal === "string") return refusal;
  if (typeof refusal !== "object" || refusal === null) return "";
  const { data, detail, error, message, title } = refusal as Record<string, unknown>;
  const main = [message, error, detail, title].map(readMessage).find((text) => text !== "") ?? "";
  return [main, readMessage(data)].filter((text) => text !== "").join(": ");
}

/** The wait that Infura returns in `data.rate.backoff_seconds`. */
function readBackoff(data: unknown): number | undefined {
  const { rate } = Object(data) as { rate?: unknown };
  const { backoff_seconds: seconds } = Object(rate) as { backoff_seconds?: unknown };
  return typeof seconds === "number" ? clampSeconds(seconds) : undefined;
}
