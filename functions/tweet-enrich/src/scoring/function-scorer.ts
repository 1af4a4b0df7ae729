import { destroyAgents, keepAliveAgents } from "@platform/shared/clients/keep-alive-agents";
import { peerError, toHost } from "@platform/shared/clients/peer-error";
import { retry } from "@platform/shared/clients/retry";
import { PeerUnavailableError } from "@platform/shared/errors/peer-errors";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import { serverAttributes } from "@platform/shared/telemetry/server-attributes";
import { injectTraceContext, inSpan, type SpanDescription } from "@platform/shared/telemetry/tracing";
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

/** Limits of one request. By default a function accepts a body of 1 MB. */
const maxTexts = 1_000;
const maxBytes = 500_000;

/** Scores texts with another function that has the interface of sentiment: an array of scores or errors, in order. */
export function functionScorer(url: string, { retried }: Pick<Metrics, "retried">): Scorer {
  const agents = keepAliveAgents();
  const peer = { setting: "SENTIMENT_URL", host: toHost(url) };

  async function ask(texts: readonly string[], signal: AbortSignal): Promise<(Sentiment | PlatformError)[]> {
    const { default: axios } = await import("axios");
    try {
      const { data } = await axios.post(url, texts, {
        ...agents,
        headers: injectTraceContext({}),
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
      for (const portion of splitRequests(texts)) {
        const askInSpan = () =>
          inSpan(
            () => requestSpan(peer.host, portion.length),
            () => ask(portion, signal),
          );
        const scored = await retry(askInSpan, {
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

function requestSpan(host: string, texts: number): SpanDescription {
  return {
    name: "POST sentiment",
    kind: "client",
    attributes: {
      "http.request.method": "POST",
      "messaging.batch.message_count": texts,
      ...serverAttributes(host),
    },
  };
}

function toResult(entry: v.InferOutput<typeof answer>[number]): Sentiment | PlatformError {
  if (!("error" in entry)) return entry.sentence_count === 0 ? new EmptyTweetError() : entry;
  const { code } = entry.error;
  return code === "empty_text" ? new EmptyTweetError() : new NotScoredError({ code });
}

function* splitRequests(texts: readonly string[]): Generator<string[]> {
  let portion: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(JSON.stringify(text)) + 1;
    if (portion.length === maxTexts || (portion.length > 0 && bytes + size > maxBytes)) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push(text);
    bytes += size;
  }
  if (portion.length > 0) yield portion;
}
