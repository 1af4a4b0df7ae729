import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import { retry } from "@platform/shared/clients/retry";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import {
  injectTraceContext,
  inSpan,
  readTraceContext,
  type TraceContext,
} from "@platform/shared/telemetry/tracing";
import type { DeadLetters } from "../dead-letters.ts";
import type { Message } from "../message.ts";
import type { DeliveryProgress } from "./blocked-partitions.ts";
import type { DeliveryMetrics } from "./delivery-metrics.ts";
import { deliverySpan, setVerdict } from "./delivery-span.ts";
import type { FunctionCall, FunctionClient } from "./function-client.ts";
import { type Line, toBatchCall, toLine, toSingleCall } from "./to-function-call.ts";
import { type Delivered, type RefusedItem, readVerdict, type Verdict } from "./verdict.ts";

/** The function that messages are delivered to, and the services that a delivery uses. */
export interface DeliveryContext {
  functionName: string;
  /** The maximum number of messages in a call. 1: the message is the whole body. */
  batchSize: number;
  functions: Pick<FunctionClient, "invoke">;
  deadLetters: DeadLetters;
  metrics: DeliveryMetrics;
  log: Logger;
  /** The maximum pause before a retry, in milliseconds. */
  maxPauseMs: number;
  /** Whether messages are sent in an envelope, with their key and headers. */
  envelope?: boolean;
}

/**
 * Delivers messages of a partition to a function, in order. A message is delivered when the function has answered 2xx, or has
 * refused it with a final status and the message is in the dead-letter topic. It retries until then.
 *
 * @throws the signal's reason when it fires between two attempts. The function may nevertheless have processed the last call.
 */
export async function deliver(
  messages: readonly Message[],
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  const runs =
    context.batchSize === 1 ? messages.map((alone) => ({ alone })) : groupLines(messages, context.envelope);
  for (const run of runs) {
    const { topic, partition } = messages[0]!;
    const progress = context.metrics.begin({ functionName: context.functionName, topic, partition });
    const metrics = blockedByRetries(context.metrics, progress);
    try {
      if ("alone" in run) await deliverAlone(run.alone, { ...context, metrics }, signal);
      else await deliverLines(run.lines, { ...context, metrics }, signal);
    } finally {
      progress.end();
    }
  }
}

/** Metrics whose retries mark the partition as blocked. */
function blockedByRetries(metrics: DeliveryMetrics, progress: DeliveryProgress): DeliveryMetrics {
  return {
    ...metrics,
    retried(functionName) {
      metrics.retried(functionName);
      progress.blocked();
    },
  };
}

/** Groups consecutive messages that each fit on a line. Any other message is sent on its own, in order. */
function groupLines(
  messages: readonly Message[],
  envelope?: boolean,
): ({ lines: Line[] } | { alone: Message })[] {
  const runs: ({ lines: Line[] } | { alone: Message })[] = [];
  for (const message of messages) {
    const line = toLine(message, envelope);
    const last = runs.at(-1);
    if (line === undefined) runs.push({ alone: message });
    else if (last !== undefined && "lines" in last) last.lines.push(line);
    else runs.push({ lines: [line] });
  }
  return runs;
}

async function deliverAlone(message: Message, context: DeliveryContext, signal: AbortSignal): Promise<void> {
  const attempt = { call: toSingleCall(message, context.envelope), messages: [message], asLines: false };
  await settle([message], await untilFinal(attempt, context, signal), context, signal);
}

/** Sends lines until each has a final outcome. It repeats only the lines that the function cannot process yet. */
async function deliverLines(
  lines: readonly Line[],
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  const backoff = new Backoff({ firstMs: firstPauseMs, longestMs: context.maxPauseMs });
  let waiting = lines;
  while (waiting.length > 0) {
    const sent = waiting.map(({ message }) => message);
    const attempt = { call: toBatchCall(waiting), messages: sent, asLines: true };
    const outcome = await untilFinal(attempt, context, signal);
    if (outcome.verdict.kind === "refused" && waiting.length > 1) {
      // A single message may cause the refusal, so bisect the batch.
      const middle = waiting.length >> 1;
      await deliverLines(waiting.slice(0, middle), context, signal);
      await deliverLines(waiting.slice(middle), context, signal);
      return;
    }
    waiting = await settle(sent, outcome, context, signal).then((indexes) =>
      indexes.map((index) => waiting[index]!),
    );
    if (waiting.length > 0) await pauseBeforeRetry(waiting.length, backoff.next(), context, signal);
  }
}

async function pauseBeforeRetry(
  count: number,
  pauseMs: number,
  { functionName, log, metrics }: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  metrics.retried(functionName);
  log.warn({ function: functionName, messages: count, pause_ms: pauseMs }, "messages_wait");
  await sleep(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** Writes refused messages and items to the dead-letter topic, and records metrics. Returns the indexes of waiting messages. */
async function settle(
  messages: readonly Message[],
  { verdict, trace }: Outcome,
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { refused, skipped, waiting }: Omit<Delivered, "kind"> =
    verdict.kind === "refused"
      ? { refused: [{ index: 0, refusal: verdict.refusal }], skipped: [], waiting: [] }
      : verdict;
  if (refused.length > 0) {
    const span = { name: "dead letter", kind: "internal", parent: trace } as const;
    await inSpan(
      () => span,
      () => writeDeadLetters(messages, refused, context, signal),
    );
  }
  const { functionName, metrics } = context;
  const { topic } = messages[0]!;
  const refusedWhole = refused.filter(({ item }) => item === undefined).length;
  const count = messages.length - waiting.length - refusedWhole;
  metrics.delivered(functionName, { topic, count });
  for (const { refusal } of refused) metrics.deadLettered(functionName, { topic, code: refusal.code });
  for (const { reason } of skipped) metrics.skipped(functionName, { topic, reason });
  const waits = new Set(waiting);
  for (const [index, message] of messages.entries())
    if (!waits.has(index)) metrics.settled(functionName, message);
  return waiting;
}

/** A call with messages. */
interface Attempt {
  call: FunctionCall;
  messages: readonly Message[];
  /** Whether each message is a line of NDJSON; otherwise the body is a single message. */
  asLines: boolean;
}

/** The final answer to a call. */
interface Outcome {
  verdict: Exclude<Verdict, { kind: "retry" }>;
  /** The span of the call. */
  trace: TraceContext | undefined;
}

/** Calls the function until its answer is final. It starts no call after the signal fires. */
function untilFinal(attempt: Attempt, context: DeliveryContext, signal: AbortSignal): Promise<Outcome> {
  const { asLines, call, messages } = attempt;
  const describe = () => deliverySpan(context.functionName, messages);
  const callOnce = () =>
    inSpan(describe, async (span) => {
      const headers = injectTraceContext(call.headers);
      const answer = await invoke({ ...call, headers }, context);
      span.set({ "http.response.status_code": answer.status });
      const verdict = readVerdict(answer, asLines ? messages.length : undefined);
      setVerdict(span, verdict, answer.status);
      if (verdict.kind === "retry") throw new Error(verdict.reason);
      return { verdict, trace: readTraceContext(injectTraceContext({})) };
    });
  return untilSuccess(context, signal, async () => {
    signal.throwIfAborted();
    return callOnce();
  });
}

/** Calls the function once, and measures the duration. */
async function invoke(call: FunctionCall, { functionName, functions, metrics }: DeliveryContext) {
  const stop = metrics.startCall(functionName);
  try {
    const answer = await functions.invoke(functionName, call);
    stop(answer.status);
    return answer;
  } catch (error) {
    stop(0);
    throw error;
  }
}

async function writeDeadLetters(
  messages: readonly Message[],
  refused: readonly RefusedItem[],
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  const { deadLetters, functionName, log } = context;
  const letters = refused.map(({ index, ...rest }) => ({ message: messages[index]!, ...rest }));
  await untilSuccess(context, signal, () => deadLetters.write(functionName, letters));
  for (const { item, message, refusal } of letters) {
    const { topic, partition, offset } = message;
    const position = { topic, partition, offset, ...(item === undefined ? {} : { item: item.index }) };
    log.warn({ function: functionName, ...position, ...refusal }, "dead_letter_written");
  }
}

const firstPauseMs = 200;

/** Retries work until it succeeds or the signal fires. It does not interrupt an attempt in progress. */
async function untilSuccess<T>(
  context: DeliveryContext,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const { functionName, log, maxPauseMs, metrics } = context;
  try {
    return await retry(work, {
      backoff: { firstMs: firstPauseMs, longestMs: maxPauseMs },
      signal,
      onRetry(error, { tries, pauseMs }) {
        metrics.retried(functionName);
        const facts = { tries, pause_ms: Math.round(pauseMs), error: describeError(error) };
        log.warn({ function: functionName, ...facts }, "delivery_retried");
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
