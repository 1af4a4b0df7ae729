import { destroyAgents, keepAliveAgents } from "@platform/shared/clients/keep-alive-agents";
import { hostOf, peerError } from "@platform/shared/clients/peer-error";
import { retry } from "@platform/shared/clients/retry";
import { PeerUnavailableError } from "@platform/shared/errors/peer-errors";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import * as v from "valibot";
import { EmptyTweetError, NotScoredError } from "../errors.ts";
import type { Metrics } from "../metrics.ts";
import type { Scorer, Sentiment } from "./scorer.ts";

const sentiment = v.object({
  polarity: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)),
  subjectivity: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  sentence_count: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
const refusal = v.object({ error: v.object({ code: v.string() }) });
const answer = v.array(v.union([refusal, sentiment]));

/** What one request carries, at most. A function takes a megabyte unless it is told otherwise. */
const mostTexts = 1_000;
const mostBytes = 500_000;

/** Another function that answers an array of texts as ours does: with an array of numbers or errors, in order. */
export function functionScorer(url: string, { retried }: Pick<Metrics, "retried">): Scorer {
  const agents = keepAliveAgents();
  const peer = { setting: "SENTIMENT_URL", host: hostOf(url) };

  async function ask(texts: readonly string[], signal: AbortSignal): Promise<(Sentiment | PlatformError)[]> {
    const { default: axios } = await import("axios");
    try {
      const { data } = await axios.post(url, texts, {
        ...agents,
        signal,
        maxRedirects: 0,
        responseType: "json",
      });
      const entries = v.parse(v.pipe(answer, v.length(texts.length)), data);
      return entries.map(toResult);
    } catch (cause) {
      throw peerError(peer, signal.aborted ? signal.reason : cause);
    }
  }

  return {
    async score(texts, signal) {
      const results: (Sentiment | PlatformError)[] = [];
      for (const some of portions(texts)) {
        const scored = await retry(() => ask(some, signal), {
          shouldRetry: (error) => error instanceof PeerUnavailableError,
          onRetry: () => retried("sentiment"),
          signal,
        });
        results.push(...scored);
      }
      return results;
    },
    close: () => destroyAgents(agents),
  };
}

function toResult(entry: v.InferOutput<typeof answer>[number]): Sentiment | PlatformError {
  if (!("error" in entry)) return entry.sentence_count === 0 ? new EmptyTweetError() : entry;
  const { code } = entry.error;
  return code === "empty_text" ? new EmptyTweetError() : new NotScoredError({ code });
}

function* portions(texts: readonly string[]): Generator<string[]> {
  let portion: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(JSON.stringify(text)) + 1;
    if (portion.length === mostTexts || (portion.length > 0 && bytes + size > mostBytes)) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(text);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}
