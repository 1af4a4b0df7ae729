import { parseExactJson } from "../text/exact-json.ts";
import type { CleanWords } from "./node-words.ts";
import type { HttpAnswer } from "./post-json.ts";
import { bounded, retryAfterSeconds } from "./retry-after.ts";
import { RpcError } from "./rpc-error.ts";

/** A call's result, or how the node refused it. */
export type Outcome = { result: unknown } | { error: RpcError };

/** The error of the first call that the node refused. */
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
 * The outcomes of the calls with the ids from 1 to `count`, in this order; a node may answer a batch in any. The result
 * is null where the node has no such block, whether it says so by null or by an error.
 * @throws RpcError when the node refuses the request as a whole, in whatever form
 */
export function readAnswer(http: HttpAnswer, count: number, clean: CleanWords): Outcome[] {
  const answers = answersOf(http, count, clean);
  const byId = new Map(answers.map((answer) => [String(answer.id), answer]));
  const outcomes = Array.from({ length: count }, (_, index) => {
    const answer = byId.get(String(index + 1)) ?? (count === 1 ? byId.get("null") : undefined);
    return answer && outcomeOf(http, answer, clean);
  });
  // What a node refuses as a whole has no id, or that of no call.
  const refusal = answers.find(({ id, result }) => result === undefined && !isIdOf(id, count));
  const unanswered = () => toRpcError(http, refusal, clean);
  if (outcomes.every((outcome) => outcome === undefined)) throw unanswered();
  return outcomes.map((outcome) => outcome ?? { error: unanswered() });
}

/** The outcome of the only call that an answer can be for. */
export function outcomeOfAnswer(http: HttpAnswer, answer: RpcAnswer, clean: CleanWords): Outcome {
  return outcomeOf(http, answer, clean) ?? { error: toRpcError(http, answer, clean) };
}

function outcomeOf(http: HttpAnswer, answer: RpcAnswer, clean: CleanWords): Outcome | undefined {
  if (!isError(answer.error)) return answer.result === undefined ? undefined : { result: answer.result };
  const error = toRpcError(http, answer, clean);
  return error.kind === "not found" ? { result: null } : { error };
}

/** The answers of JSON-RPC; throws an RpcError where there are none. */
function answersOf(http: HttpAnswer, count: number, clean: CleanWords): RpcAnswer[] {
  const value = parsed(http.text);
  const answers: RpcAnswer[] = [value]
    .flat()
    .filter((answer) => typeof answer === "object" && answer !== null);
  if (http.status === 200 && answers.length > 0 && (count === 1 || Array.isArray(value))) return answers;
  throw toRpcError(http, answers.find(({ error }) => isError(error)) ?? answers[0] ?? http.text, clean);
}

/** The value of a JSON text; undefined for any other text. */
function parsed(text: string): unknown {
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

/** Is it the id of a call that was sent? */
function isIdOf(id: unknown, count: number): boolean {
  return Number(id) >= 1 && Number(id) <= count;
}

/** An error from an answer of JSON-RPC, a gateway's JSON (`{"message": …}`, `{"error": "…"}`) or a text. */
function toRpcError({ status, retryAfter }: HttpAnswer, answer: unknown, clean: CleanWords): RpcError {
  const { error } = Object(answer) as RpcAnswer;
  const refusal = typeof error === "object" && error !== null ? error : answer;
  const { code, data } = Object(refusal) as { code?: unknown; data?: unknown };
  return new RpcError({
    code: /^-?\d+$/.test(String(code)) ? Number(code) : undefined,
    status,
    words: clean(wordsOf(refusal)),
    retryAfter: retryAfterSeconds(retryAfter) ?? backoffOf(data),
  });
}

/** The text of a refusal, details in `data` included. */
function wordsOf(refusal: unknown): string {
  if (typeof refusal === "string") return refusal;
  if (typeof refusal !== "object" || refusal === null) return "";
  const { data, detail, error, message, title } = refusal as Record<string, unknown>;
  const words = [message, error, detail, title].map(wordsOf).find((text) => text !== "") ?? "";
  return [words, wordsOf(data)].filter((text) => text !== "").join(": ");
}

/** Infura tells in `data.rate.backoff_seconds` how long to wait. */
function backoffOf(data: unknown): number | undefined {
  const { rate } = Object(data) as { rate?: unknown };
  const { backoff_seconds: seconds } = Object(rate) as { backoff_seconds?: unknown };
  return typeof seconds === "number" ? bounded(seconds) : undefined;
}
