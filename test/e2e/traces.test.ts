// needs: java go
import { randomBytes } from "node:crypto";
import { createDurableProducer, type DurableProducer } from "@platform/shared/kafka/durable-producer";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { sampleTweets } from "../support/functions/tweets.ts";
import { type StartedCallbacks, startCallbacks } from "../support/gateway/callbacks.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedStream, startStream, waitForDocuments } from "../support/kafka/stream.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { requireService } from "../support/require-service.ts";
import type { CollectedSpan } from "../support/telemetry/collected-spans.ts";
import { type StartedCollector, startCollector } from "../support/telemetry/collector.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

/** Spans leave a process soon after they end. */
const settings = (collector: StartedCollector) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_BSP_SCHEDULE_DELAY: "200",
  OTEL_EXPORTER_OTLP_TIMEOUT: "1000",
});

function newTrace() {
  const [traceId, spanId] = [randomBytes(16).toString("hex"), randomBytes(8).toString("hex")];
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
}

/** A trace as lines `service kind name`, each indented below its parent; children sorted by name. */
function formatTree(spans: readonly CollectedSpan[], parentId: string | undefined): string[] {
  return spans
    .filter((span) => span.parentId === parentId)
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap((span) => [
      `${span.service} ${span.kind} ${span.name}`,
      ...formatTree(spans, span.spanId).map((line) => `  ${line}`),
    ]);
}

requireService("Maven and Java, Go", hasMaven() && hasGo(), () => {
  let collector: StartedCollector;
  beforeAll(async () => {
    collector = await startCollector();
  }, 20 * 60_000);
  afterAll(() => collector?.[Symbol.asyncDispose]());

  const awaitSpans = (traceId: string, count: number) =>
    waitFor(`${count} spans of a trace`, () => {
      const spans = collector.trace(traceId);
      return spans.length >= count && spans;
    });

  describe("through the local gateway, with its embedded chain", () => {
    let gateway: StartedGateway;
    let callbacks: StartedCallbacks;
    beforeAll(async () => {
      [gateway, callbacks] = await Promise.all([
        startGateway({ env: settings(collector) }),
        startCallbacks(),
      ]);
    }, 120_000);
    afterAll(async () => {
      await gateway?.[Symbol.asyncDispose]();
      await callbacks?.[Symbol.asyncDispose]();
    });

    it("continues the trace of a caller down to the call of the node", async () => {
      const { traceId, spanId, traceparent } = newTrace();
      const { status } = await httpCall(`${gateway.url}/function/last-block`, { headers: { traceparent } });
      expect(status).toBe(200);
      const spans = await awaitSpans(traceId, 4);
      expect(formatTree(spans, spanId)).toEqual([
        "gateway server GET /function/{name}",
        "  gateway client GET last-block",
        "    last-block server last-block",
        "      last-block client eth_getBlockByNumber",
      ]);
      const [rpc] = spans.filter(({ name }) => name === "eth_getBlockByNumber");
      expect(rpc!.attributes).toMatchObject({ "rpc.system.name": "jsonrpc", "server.address": "127.0.0.1" });
    });

    it("makes an asynchronous call a child of the request that it answered with 202", async () => {
      const { traceId, spanId, traceparent } = newTrace();
      const { status } = await httpCall(`${gateway.url}/async-function/sentiment`, {
        headers: { traceparent, "x-callback-url": callbacks.url, "content-type": "text/plain" },
        body: "People are kind.",
      });
      expect(status).toBe(202);
      expect(formatTree(await awaitSpans(traceId, 5), spanId)).toEqual([
        "gateway server POST /async-function/{name}",
        "  gateway consumer process sentiment",
        "    gateway client POST callback",
        "    gateway client POST sentiment",
        "      sentiment server sentiment",
      ]);
    });

    it("starts a trace for a caller without one, with the code of an error and without its text", async () => {
      const callId = randomBytes(8).toString("hex");
      await httpCall(`${gateway.url}/function/last-block/secret-path?secret=query`, {
        headers: { "x-call-id": callId, traceparent: "00-zz" },
      });
      const call = await waitFor("the call", () =>
        collector.spans().find(({ attributes }) => attributes["faas.invocation_id"] === callId),
      );
      expect(call).toMatchObject({
        hasFailed: false,
        attributes: { "http.response.status_code": 400, "error.type": "invalid_query" },
      });
      const spans = await awaitSpans(call.traceId, 3);
      expect(spans.filter(({ parentId }) => parentId === undefined)).toHaveLength(1);
      expect(JSON.stringify(spans)).not.toContain("secret");
    });

    it("exports no spans of a trace that its caller does not sample", async () => {
      const [dropped, kept] = [newTrace(), newTrace()];
      const url = `${gateway.url}/function/last-block`;
      await httpCall(url, { headers: { traceparent: dropped.traceparent.replace(/01$/, "00") } });
      await httpCall(url, { headers: { traceparent: kept.traceparent } });
      await awaitSpans(kept.traceId, 3);
      expect(collector.trace(dropped.traceId)).toEqual([]);
    });
  });

  describe("from a topic to the index", () => {
    let stream: StartedStream;
    let producer: DurableProducer;
    const tweets = sampleTweets(30);

    beforeAll(async () => {
      stream = await startStream({ env: settings(collector) });
      const open = async () => kafkaClient(stream.kafka.brokers);
      producer = createDurableProducer({ timeLimit: 20_000, open });
    }, 180_000);
    afterAll(async () => {
      await producer?.close();
      await stream?.[Symbol.asyncDispose]();
    });

    it("continues the trace of a message in every part", async () => {
      const { traceId, spanId, traceparent } = newTrace();
      const { id, json } = tweets[0]!;
      await producer.send("twitter", [{ key: id, value: json, headers: { traceparent } }]);
      const spans = await awaitSpans(traceId, 6);
      expect(formatTree(spans, spanId)).toEqual([
        "kafka-connector consumer process twitter",
        "  gateway server POST /function/{name}",
        "    gateway client POST tweet-enrich",
        "      tweet-enrich server tweet-enrich",
        "        tweet-enrich client bulk",
        "        tweet-enrich producer send twitter-enriched",
      ]);
      const attributes = (name: string) => spans.find((span) => span.name === name)!.attributes;
      expect(attributes("process twitter")).toMatchObject({
        "messaging.system": "kafka",
        "messaging.destination.name": "twitter",
        "messaging.kafka.offset": 0,
        "http.response.status_code": 200,
      });
      expect(attributes("tweet-enrich")).toMatchObject({
        "faas.name": "tweet-enrich",
        "faas.trigger": "pubsub",
        "http.request.method": "POST",
        "http.response.status_code": 200,
      });
      expect(attributes("bulk")).toMatchObject({
        "db.system.name": "elasticsearch",
        "db.operation.name": "bulk",
        "server.address": "127.0.0.1",
      });
      expect(spans.filter(({ hasFailed }) => hasFailed)).toEqual([]);
    });

    it("writes documents with the trace of their call", async () => {
      const { traceId, traceparent } = newTrace();
      const { id, json } = tweets[1]!;
      await producer.send("twitter", [{ key: id, value: json, headers: { traceparent } }]);
      const sent = (await awaitSpans(traceId, 6)).find(({ kind }) => kind === "producer")!;
      const messages = await readTopic(stream.kafka.brokers, "twitter-enriched");
      const message = messages.find(({ key }) => key === id);
      expect(message!.headers).toEqual({ traceparent: `00-${traceId}-${sent.spanId}-01` });
    });

    it("links a call with a batch to the trace of each message", async () => {
      const batch = tweets.slice(2, 12).map((tweet) => ({ ...newTrace(), ...tweet }));
      const send = () =>
        producer.send(
          "twitter",
          batch.map(({ id, json, traceparent }) => ({
            key: id,
            value: json,
            partition: 0,
            headers: { traceparent },
          })),
        );
      await send();
      const isLinked = ({ links }: CollectedSpan) => links.length > 1 && links.includes(batch[9]!.traceId);
      const span = await waitFor("the span of the batch", () => collector.spans().find(isLinked));
      expect(span).toMatchObject({
        name: "process twitter",
        kind: "consumer",
        parentId: undefined,
        links: expect.arrayContaining(batch.slice(-3).map(({ traceId }) => traceId)),
        attributes: { "messaging.batch.message_count": span.links.length },
      });
      expect(formatTree(await awaitSpans(span.traceId, 6), undefined)).toHaveLength(6);
    });

    it("marks the call with a refused message, and logs its trace", async () => {
      const { traceId, spanId, traceparent } = newTrace();
      await producer.send("twitter", [{ key: "bad", value: "no tweet", headers: { traceparent } }]);
      const spans = await awaitSpans(traceId, 6);
      const [call] = spans.filter(({ parentId }) => parentId === spanId);
      expect(call).toMatchObject({ hasFailed: true, attributes: { "error.type": "invalid_json" } });
      expect(formatTree(spans, call!.spanId)).toEqual(
        expect.arrayContaining([
          "kafka-connector internal dead letter",
          "  kafka-connector producer send twitter.dead-letter",
        ]),
      );
      const lines = stream.connector().output().split("\n");
      const line = lines.find((text) => text.includes('"dead_letter_written"'));
      expect(JSON.parse(line!)).toMatchObject({ trace_id: traceId, span_id: expect.any(String) });
      const letters = await readTopic(stream.kafka.brokers, "twitter.dead-letter");
      expect(letters.at(-1)!.headers).toMatchObject({ traceparent });
    });

    it("continues when the collector is killed, with one log line in each part", async () => {
      const before = await stream.count();
      await collector.kill();
      const rest = tweets.slice(12);
      for (const { id, json } of rest) await producer.send("twitter", [{ key: id, value: json }]);
      await waitForDocuments(stream, before + rest.length, 20_000);
      const logged = () =>
        stream
          .connector()
          .output()
          .match(/traces_not_exported/g) ?? [];
      await waitFor("a line", () => logged().length > 0);
      expect(logged()).toHaveLength(1);
    });
  });
});
