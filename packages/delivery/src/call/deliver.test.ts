import { createLogger } from "@platform/shared/log/logger";
import { Registry } from "prom-client";
import { waitFor } from "../../../../test/support/wait-for.ts";
import type { DeadLetter } from "../dead-letter-record.ts";
import type { Message } from "../message.ts";
import { createMessage } from "../testing/create-message.ts";
import { type DeliveryContext, deliver } from "./deliver.ts";
import { createDeliveryMetrics } from "./delivery-metrics.ts";
import type { FunctionAnswer, FunctionCall } from "./function-client.ts";

type Answer = Partial<FunctionAnswer> | Error;

/** A delivery to a fake function with the test's answers, which records its calls. */
function startDelivery(batchSize: number, respond: (body: string, call: number) => Answer) {
  const calls: FunctionCall[] = [];
  const letters: DeadLetter[] = [];
  const failures: Error[] = [];
  const registry = new Registry();
  const metrics = createDeliveryMetrics({ prefix: "kafka_connector", registry });
  const log = createLogger("test", "silent");
  const pauses: number[] = [];
  log.warn = (fields: { pause_ms?: number }) => void (fields.pause_ms && pauses.push(fields.pause_ms));
  const context: DeliveryContext = {
    functionName: "f",
    batchSize,
    functions: {
      async invoke(_, call) {
        calls.push(call);
        const answer = respond(call.body.toString(), calls.length);
        if (answer instanceof Error) throw answer;
        return { status: 200, contentType: "application/json", minimal: false, body: "", ...answer };
      },
    },
    deadLetters: {
      async write(_, written) {
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        letters.push(...written);
      },
      close: async () => undefined,
    },
    metrics,
    log,
    maxPauseMs: 10,
  };
  const stopping = new AbortController();
  return {
    deliverAll: (messages: readonly Message[]) => deliver(messages, context, stopping.signal),
    context,
    stopping,
    failures,
    pauses,
    bodies: () => calls.map(({ body }) => body.toString()),
    types: () => calls.map(({ headers }) => headers["content-type"]),
    letters: () => letters.map(({ message, refusal }) => [message.offset, refusal.code]),
    registry,
    values: () => letters.map(({ message }) => message.value.toString()),
    items: () => letters.map(({ item }) => item?.index),
    async count(metric: string) {
      const text = await registry.metrics();
      return [...text.matchAll(new RegExp(`^${metric}(?:{.*})? (\\d+)$`, "gm"))]
        .map(([, value]) => Number(value))
        .reduce((sum, value) => sum + value, 0);
    },
  };
}

const createMessages = (...values: string[]) => values.map((value, offset) => createMessage(offset, value));
const ndjson = { contentType: "application/x-ndjson" };
const createErrorEntry = (index: number) =>
  `{"index":${index},"error":{"status":422,"code":"bad","detail":"Bad."}}`;

it("sends each message on its own with a batch size of 1", async () => {
  const { deliverAll, bodies, count } = startDelivery(1, () => ({}));
  await deliverAll(createMessages("{}", "text"));
  expect(bodies()).toEqual(["{}", "text"]);
  expect(await count("kafka_connector_delivered_total")).toBe(2);
});

it("sends lines together, and any other message on its own, in order", async () => {
  const { deliverAll, bodies, types } = startDelivery(10, () => ({}));
  await deliverAll(createMessages('{"a":1}', '{\n"a":2}', "two\nlines", "", "3", "4"));
  expect(bodies()).toEqual(['{"a":1}\n{ "a":2}\n', "two\nlines", "", "3\n4\n"]);
  expect(types()).toEqual(["application/x-ndjson", "text/plain", "text/plain", "application/x-ndjson"]);
});

it("writes only the items with an error to the dead-letter topic", async () => {
  const { deliverAll, letters, count } = startDelivery(10, () => ({
    ...ndjson,
    body: `{}\n${createErrorEntry(1)}\n{}`,
  }));
  await deliverAll(createMessages("1", "2", "3"));
  expect(letters()).toEqual([[1, "bad"]]);
  expect(await count("kafka_connector_delivered_total")).toBe(2);
  expect(await count("kafka_connector_dead_letters_total")).toBe(1);
});

it("bisects a refused batch down to the refused messages", async () => {
  const { deliverAll, letters, bodies, count } = startDelivery(10, (body) =>
    /[37]/.test(body) ? { status: 422 } : { ...ndjson, minimal: true },
  );
  await deliverAll(createMessages("1", "2", "3", "4", "5", "6", "7", "8"));
  expect(letters()).toEqual([
    [2, "http_422"],
    [6, "http_422"],
  ]);
  const taken = bodies().filter((body) => !/[37]/.test(body));
  expect(taken.join("").split("\n").filter(Boolean)).toEqual(["1", "2", "4", "5", "6", "8"]);
  expect(await count("kafka_connector_delivered_total")).toBe(6);
  expect(await count("kafka_connector_dead_letters_total")).toBe(2);
});

it("bisects a batch that is too large", async () => {
  const { deliverAll, letters, bodies } = startDelivery(10, (body) =>
    body.length > 4 ? { status: 413 } : {},
  );
  await deliverAll(createMessages("1", "2", "3", "4"));
  expect(bodies()).toEqual(["1\n2\n3\n4\n", "1\n2\n", "3\n4\n"]);
  expect(letters()).toEqual([]);
});

it("retries until the function answers, before it continues", async () => {
  const answers: Answer[] = [new Error("refused"), { status: 503 }, { status: 404 }, {}, {}];
  const { deliverAll, bodies, count } = startDelivery(1, () => answers.shift()!);
  await deliverAll(createMessages("1", "2"));
  expect(bodies()).toEqual(["1", "1", "1", "1", "2"]);
  expect(await count("kafka_connector_retries_total")).toBe(3);
  expect(await count("kafka_connector_call_duration_seconds_count")).toBe(5);
});

it("doubles the pauses up to the maximum", async () => {
  const { deliverAll, context, pauses } = startDelivery(1, (_, call) => (call < 4 ? { status: 500 } : {}));
  context.maxPauseMs = 400;
  await deliverAll(createMessages("1"));
  for (const [index, longest] of [200, 400, 400].entries()) {
    expect(pauses[index]).toBeGreaterThanOrEqual(0.75 * longest - 1);
    expect(pauses[index]).toBeLessThanOrEqual(longest);
  }
});

it("retries when the answer lacks an entry for a message", async () => {
  const { deliverAll, bodies } = startDelivery(10, (_, call) => ({
    ...ndjson,
    body: call === 1 ? "{}" : "{}\n{}",
  }));
  await deliverAll(createMessages("1", "2"));
  expect(bodies()).toEqual(["1\n2\n", "1\n2\n"]);
});

it("sends the waiting messages again, without the others", async () => {
  const waits = (index: number) => `{"index":${index},"error":{"status":503,"code":"peer_unavailable"}}`;
  const { deliverAll, bodies, letters, count } = startDelivery(10, (_, call) => ({
    ...ndjson,
    minimal: true,
    body: [`${waits(1)}\n${createErrorEntry(2)}\n${waits(3)}`, waits(0), ""][call - 1]!,
  }));
  await deliverAll(createMessages("1", "2", "3", "4"));
  expect(bodies()).toEqual(["1\n2\n3\n4\n", "2\n4\n", "2\n"]);
  expect(letters()).toEqual([[2, "bad"]]);
  expect(await count("kafka_connector_delivered_total")).toBe(3);
  expect(await count("kafka_connector_retries_total")).toBe(2);
});

it("writes a dead letter for each refused item of a message, and counts the skipped ones", async () => {
  const { deliverAll, letters, items, count } = startDelivery(1, () => ({
    body: `[{},${createErrorEntry(1)},{"index":2,"skipped":"delete"},${createErrorEntry(3)}]`,
  }));
  await deliverAll(createMessages("[1,2,3,4]"));
  expect(letters()).toEqual([
    [0, "bad"],
    [0, "bad"],
  ]);
  expect(items()).toEqual([1, 3]);
  expect(await count("kafka_connector_delivered_total")).toBe(1);
  expect(await count("kafka_connector_dead_letters_total")).toBe(2);
  expect(await count("kafka_connector_skipped_total")).toBe(1);
});

it("keeps the reasons of skipped messages few: they are labels", async () => {
  const { deliverAll, count, registry } = startDelivery(1, (body) => ({
    body: `{"skipped":"reason-${body}"}`,
  }));
  await deliverAll(createMessages(...Array.from({ length: 50 }, (_, index) => String(index)), "a b"));
  expect(await count("kafka_connector_skipped_total")).toBe(51);
  expect((await registry.metrics()).match(/^kafka_connector_skipped_total{/gm)).toHaveLength(21);
});

it("writes the original message to a dead letter, not the line that was sent", async () => {
  const { deliverAll, values } = startDelivery(10, () => ({ ...ndjson, body: createErrorEntry(0) }));
  await deliverAll(createMessages('{\n"a":1}'));
  expect(values()).toEqual(['{\n"a":1}']);
});

it("writes a dead letter until it is acknowledged, without another call", async () => {
  const { deliverAll, failures, letters, bodies } = startDelivery(1, () => ({ status: 422 }));
  failures.push(new Error("no broker"), new Error("no broker"));
  await deliverAll(createMessages("1"));
  expect(letters()).toEqual([[0, "http_422"]]);
  expect(bodies()).toEqual(["1"]);
});

describe("when the signal fires", () => {
  it("starts no further call", async () => {
    const { deliverAll, stopping, bodies } = startDelivery(1, () => {
      stopping.abort(new Error("stopping"));
      return {};
    });
    await expect(deliverAll(createMessages("1", "2"))).rejects.toThrow("stopping");
    expect(bodies()).toEqual(["1"]);
  });

  it("handles the answer of the call in flight, and writes its dead letters", async () => {
    const { deliverAll, stopping, letters } = startDelivery(10, () => {
      stopping.abort();
      return { ...ndjson, body: `{}\n${createErrorEntry(1)}` };
    });
    await deliverAll(createMessages("1", "2"));
    expect(letters()).toEqual([[1, "bad"]]);
  });

  it("does not retry", async () => {
    const { deliverAll, stopping, context, bodies } = startDelivery(1, () => ({ status: 500 }));
    context.maxPauseMs = 60_000;
    setTimeout(() => stopping.abort(), 20);
    await expect(deliverAll(createMessages("1"))).rejects.toThrow();
    expect(bodies()).toEqual(["1"]);
  });
});

describe("metrics of a partition", () => {
  it("count a retried call as blocked since its first try, until it succeeds", async () => {
    let status = 503;
    const { deliverAll, count, registry } = startDelivery(10, () => ({ status }));
    const delivered = deliverAll(createMessages("1"));
    await waitFor("a retry", async () => (await count("kafka_connector_retries_total")) > 0);
    const text = await registry.metrics();
    expect(text).toContain(
      'kafka_connector_partition_blocked{function="f",topic="orders",partition="1"} 1\n',
    );
    const [, seconds] = /^kafka_connector_partition_blocked_seconds\{.*\} (\S+)$/m.exec(text) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(0);
    status = 200;
    await delivered;
    expect(await registry.metrics()).not.toMatch(/^kafka_connector_partition_blocked(_seconds)?\{/m);
  });

  it("count no revoked partition as blocked", async () => {
    const { deliverAll, stopping, registry } = startDelivery(10, () => ({ status: 503 }));
    const delivered = deliverAll(createMessages("1"));
    stopping.abort();
    await expect(delivered).rejects.toThrow();
    expect(await registry.metrics()).not.toMatch(/^kafka_connector_partition_blocked\{/m);
  });
});

it("measures each message from its time in Kafka to its outcome, once", async () => {
  const { deliverAll, registry } = startDelivery(10, (_, call) => ({
    ...ndjson,
    body:
      call === 1
        ? `{}\n{"index":1,"error":{"status":503,"code":"x","detail":"X."}}\n${createErrorEntry(2)}`
        : "{}",
  }));
  const timestamp = Date.now() - 2_000;
  await deliverAll(createMessages("1", "2", "3").map((message) => ({ ...message, timestamp })));
  const text = await registry.metrics();
  const labels = 'function="f",topic="orders"';
  expect(text).toContain(`kafka_connector_delivery_latency_seconds_count{${labels}} 3\n`);
  expect(text).toContain(`kafka_connector_delivery_latency_seconds_bucket{le="1",${labels}} 0\n`);
  expect(text).toContain(`kafka_connector_delivery_latency_seconds_bucket{le="5",${labels}} 3\n`);
});

it("labels at most 20 codes of dead letters that a function makes up", async () => {
  const { deliverAll, count, registry } = startDelivery(1, (body) => ({
    status: 422,
    body: `{"code":"code-${body}"}`,
  }));
  await deliverAll(createMessages(...Array.from({ length: 30 }, (_, index) => String(index))));
  expect(await count("kafka_connector_dead_letters_total")).toBe(30);
  const text = await registry.metrics();
  expect(text.match(/^kafka_connector_dead_letters_total{/gm)).toHaveLength(21);
  expect(text).toMatch(/^kafka_connector_dead_letters_total{.*code="other"} 10$/m);
});
