// needs: java python
import type { Producer } from "kafkajs";
import type { FakeGateway } from "../support/gateway/fake-gateway.ts";
import { type ConnectorStage, startConnectorStage } from "../support/kafka/connector-stage.ts";
import { hasKafka } from "../support/kafka/kafka.ts";
import { produceWithRdkafka, type RdkafkaMessage } from "../support/kafka/producers.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { hasPython } from "../support/python/python.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

/** Messages that HTTP, a line of NDJSON or Kafka's limits cannot carry unchanged. */
const poisons: Omit<RdkafkaMessage, "topic">[] = [
  { key: "k".repeat(20_000), value: "{}" },
  { key: Buffer.from([0xff, 0x0a, 0]), value: "{}" },
  { headers: [makeHeader("a", 50_000), makeHeader("b", 50_000)], value: "{}" },
  { headers: Array.from({ length: 1_000 }, (_, index) => makeHeader(`h${index}`, 1)), value: "{}" },
  { headers: [makeHeader("n".repeat(20_000), 1)], value: "{}" },
  {
    headers: [
      ["a b", "1"],
      ["é:\r\n", "2"],
      ["", "3"],
      ["%", "4"],
    ],
    value: "{}",
  },
  {
    headers: [
      ["a", "1\r\nHost: evil"],
      ["traceparent", "\r\n\r\n"],
    ],
    value: "{}",
  },
  {
    headers: [
      ["a", null],
      ["b", "1"],
      ["b", null],
    ],
    value: "{}",
  },
  {
    headers: [
      ["x-topic", "evil"],
      ["content-length", "1"],
    ],
    value: "{}",
  },
  { headers: [makeHeader("traceparent", 3_000), makeHeader("baggage", 9_000)], value: "{}" },
  { value: "two\r\nlines\n" },
  { value: Buffer.from([0, 0xff, 0x0a, 0x7b]) },
  { value: "" },
  { key: "k", value: null },
];

function makeHeader(name: string, length: number): [string, string] {
  return [name, "x".repeat(length)];
}

requireService("Kafka (KAFKA_BROKERS, or Maven and Java) and Python", hasKafka() && hasPython(), () => {
  let stage: ConnectorStage;
  let gateway: FakeGateway;
  let producer: Producer;

  beforeAll(async () => {
    stage = await startConnectorStage();
    producer = kafkaClient(stage.kafka.brokers).producer();
    await producer.connect();
  });
  afterAll(async () => {
    await producer?.disconnect();
    await stage?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    gateway = await stage.newGateway();
  });
  afterEach(() => stage.clear());

  const committed = (name: string, topic: string, offset: number) =>
    waitFor(`${offset} committed`, async () => (await stage.committed(name, topic))[0] === offset, 20_000);

  it.each([
    ["alone", "1", "false"],
    ["in a batch", "100", "false"],
    ["in an envelope", "100", "true"],
  ])("delivers every message %s, and its neighbours", async (_, size, envelope) => {
    const [name, topic] = [stage.newName(), await stage.newTopic()];
    const messages = poisons.flatMap((poison, index) => [
      { topic, ...poison },
      { topic, value: `neighbour ${index}` },
    ]);
    await produceWithRdkafka(stage.kafka.brokers, { messages });
    gateway.functions.set(name, {
      annotations: { topic, "kafka-batch-size": size, "kafka-envelope": envelope },
    });
    await stage.newConnector(gateway);
    await committed(name, topic, 2 * poisons.length);
    const bodies = gateway.calls.map(({ body }) => body).join("");
    for (const index of poisons.keys()) expect(bodies).toContain(`neighbour ${index}`);
    expect(new Set(gateway.calls.map(({ headers }) => headers["x-topic"]))).toEqual(new Set([topic]));
  });

  it.each(["1", "100"])("keeps every refused message, with a batch size of %s", async (size) => {
    const [name, topic] = [stage.newName(), await stage.newTopic()];
    const messages = [...poisons, { value: "neighbour" }].map((message) => ({ topic, ...message }));
    await produceWithRdkafka(stage.kafka.brokers, { messages });
    gateway.functions.set(name, {
      annotations: { topic, "kafka-batch-size": size },
      answer: ({ body }) => (body.startsWith("neighbour") ? undefined : { status: 422 }),
    });
    await stage.newConnector(gateway);
    await committed(name, topic, poisons.length + 1);
    const letters = await readTopic(stage.kafka.brokers, `${topic}.dead-letter`);
    expect(letters.map(({ headers }) => headers["dead-letter-offset"])).toEqual(
      [...poisons.keys()].map(String),
    );
    expect(letters.map(({ key }) => key?.length)).toEqual(poisons.map(({ key }) => key?.toString().length));
  });

  it("forwards the key, the headers and the trace, and distinguishes null from an empty value", async () => {
    const [name, topic] = [stage.newName(), await stage.newTopic()];
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const headers = { traceparent, tracestate: "a=1", lang: "Zoë", id: Buffer.from([0, 1]) };
    await producer.send({
      topic,
      messages: [
        { key: "ada", headers, value: '{"a":1}' },
        { key: Buffer.from([0xff]), value: "" },
        { value: null },
      ],
    });
    gateway.functions.set(name, { annotations: { topic } });
    await stage.newConnector(gateway);
    await committed(name, topic, 3);
    const [first, second, third] = gateway.calls.map((call) => call.headers);
    expect(first).toMatchObject({
      traceparent,
      tracestate: "a=1",
      "x-kafka-key": "ada",
      "x-kafka-header-lang": Buffer.from("Zoë").toString("latin1"), // Node.js reads headers as Latin-1
      "x-kafka-header-id": "AAE=",
      "x-kafka-encoding-id": "base64",
    });
    expect(second).toMatchObject({ "x-kafka-key": "/w==", "x-kafka-key-encoding": "base64" });
    expect(second).not.toHaveProperty("x-kafka-tombstone");
    expect(third).toMatchObject({ "x-kafka-tombstone": "true" });
    expect(third).not.toHaveProperty("x-kafka-key");
  });

  it("forwards the trace of the first message of a batch, and all traces in envelopes", async () => {
    const [name, topic] = [stage.newName(), await stage.newTopic()];
    const messages = [
      {
        key: "ada",
        headers: { traceparent: "one" },
        value: '{"id":1076543210987654321}',
        timestamp: String(stage.firstTimestamp),
      },
      { headers: { traceparent: "two" }, value: null, timestamp: String(stage.firstTimestamp) },
    ];
    await producer.send({ topic, messages });
    gateway.functions.set(name, {
      annotations: { topic, "kafka-batch-size": "10", "kafka-envelope": "true" },
      answer: () => ({
        type: "application/x-ndjson",
        headers: { "preference-applied": "return=minimal" },
        body: '{"index":0,"error":{"status":422,"code":"bad","detail":"Bad."}}\n{"index":1,"skipped":"tombstone"}\n',
      }),
    });
    const connector = await stage.newConnector(gateway);
    await committed(name, topic, 2);
    const envelopeStart = (offset: number) =>
      `{"topic":"${topic}","partition":0,"offset":${offset},"timestamp":${stage.firstTimestamp}`;
    expect(gateway.calls).toMatchObject([
      {
        headers: { traceparent: "one" },
        body: `${envelopeStart(0)},"key":"ada","headers":{"traceparent":"one"},"value":{"id":1076543210987654321}}
${envelopeStart(1)},"key":null,"headers":{"traceparent":"two"},"value":null}
`,
      },
    ]);
    const letters = await readTopic(stage.kafka.brokers, `${topic}.dead-letter`);
    expect(letters).toMatchObject([
      { key: "ada", value: '{"id":1076543210987654321}', headers: { traceparent: "one" } },
    ]);
    const metrics = await (await fetch(`${connector.url}/metrics`)).text();
    expect(metrics).toContain(
      `kafka_connector_skipped_total{function="${name}",topic="${topic}",reason="tombstone"} 1\n`,
    );
  });

  it("writes the refused items of an array as separate dead letters", async () => {
    const [name, topic] = [stage.newName(), await stage.newTopic()];
    const value = '[{"id":1}, {"id":1076543210987654321} ,{"delete":{}}]';
    await producer.send({ topic, messages: [{ key: "ada", value }] });
    const error = { status: 422, code: "not_a_tweet", detail: "It has no text." };
    gateway.functions.set(name, {
      annotations: { topic },
      answer: () => ({
        type: "application/json",
        body: JSON.stringify([{}, { index: 1, error }, { index: 2, skipped: "delete" }]),
      }),
    });
    await stage.newConnector(gateway);
    await committed(name, topic, 1);
    expect(await readTopic(stage.kafka.brokers, `${topic}.dead-letter`)).toMatchObject([
      {
        key: "ada",
        value: '{"id":1076543210987654321}',
        headers: { "dead-letter-item": "1", "dead-letter-code": "not_a_tweet", "dead-letter-offset": "0" },
      },
    ]);
  });

  describe("a large dead letter", () => {
    const newTopic = async (config: Record<string, string>, topic = stage.newName()) => {
      const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
      await stage.admin.createTopics({
        topics: [{ topic, numPartitions: 1, configEntries }],
        waitForLeaders: true,
      });
      return topic;
    };
    const refuseAll = async (name: string, topic: string) => {
      gateway.functions.set(name, { annotations: { topic }, answer: () => ({ status: 422 }) });
      await stage.newConnector(gateway);
    };

    it("is kept whole, in a topic with the size limit of the message's topic", async () => {
      const [name, topic] = [stage.newName(), await newTopic({ "max.message.bytes": "8000000" })];
      await producer.send({ topic, messages: [{ value: "x".repeat(5_000_000) }] });
      await producer.send({ topic, messages: [{ value: "neighbour" }] });
      await refuseAll(name, topic);
      await committed(name, topic, 2);
      const letters = await readTopic(stage.kafka.brokers, `${topic}.dead-letter`);
      expect(letters.map(({ value }) => value!.length)).toEqual([5_000_000, 9]);
    });

    it("is truncated if the dead-letter topic has a smaller limit", async () => {
      const [name, topic] = [stage.newName(), await stage.newTopic()];
      await newTopic({ "max.message.bytes": "100000" }, `${topic}.dead-letter`);
      // With a partition, because kafkajs takes long to hash such a key.
      const message = {
        partition: 0,
        key: "k".repeat(300_000),
        headers: { own: "1" },
        value: "x".repeat(400_000),
      };
      await producer.send({ topic, messages: [message] });
      await producer.send({ topic, messages: [{ value: "y".repeat(400_000) }] });
      await producer.send({ topic, messages: [{ key: "neighbour", value: "neighbour" }] });
      await refuseAll(name, topic);
      await committed(name, topic, 3);
      const [first, second, third] = await readTopic(stage.kafka.brokers, `${topic}.dead-letter`);
      expect(first).toMatchObject({
        key: undefined,
        headers: {
          "dead-letter-offset": "0",
          "dead-letter-value-bytes": "400000",
          "dead-letter-headers-omitted": "1",
        },
      });
      expect(second!.value!.length).toBeGreaterThan(40_000);
      expect(second!.headers).toMatchObject({
        "dead-letter-offset": "1",
        "dead-letter-value-bytes": "400000",
      });
      expect(third).toMatchObject({ key: "neighbour", value: "neighbour" });
      expect(third!.headers).not.toHaveProperty("dead-letter-value-bytes");
    });
  });
});
