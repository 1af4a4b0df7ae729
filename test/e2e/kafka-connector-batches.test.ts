// needs: java python
import type { FakeGateway } from "../support/gateway/fake-gateway.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type ConnectorStage, startConnectorStage } from "../support/kafka/connector-stage.ts";
import { type LogBatch, modifyLog } from "../support/kafka/log-file.ts";
import { produceWithJava, produceWithRdkafka } from "../support/kafka/producers.ts";
import type { StartedService } from "../support/process/service.ts";
import { hasPython } from "../support/python/python.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(120_000);

const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String(from + index));

requireService("Kafka (Maven and Java) and Python", hasMaven() && hasPython(), () => {
  let stage: ConnectorStage;
  let gateway: FakeGateway;
  let brokers: string;

  beforeAll(async () => {
    stage = await startConnectorStage({ own: true });
    brokers = stage.kafka.brokers;
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    gateway = await stage.newGateway();
  });
  afterEach(() => stage.clear());

  /** The lines that a function received of a topic, in order. */
  const lines = (topic: string, partition = 0) =>
    gateway.calls
      .filter((call) => call.headers["x-topic"] === topic && call.partition === partition)
      .flatMap(({ body }) => body.split("\n").filter((line) => line !== ""));
  const delivered = (values: readonly string[], topic: string, partition = 0, milliseconds = 10_000) =>
    waitFor(
      `${values.length} messages of ${topic}/${partition}`,
      () => lines(topic, partition).length >= values.length && lines(topic, partition),
      milliseconds,
    );
  /** The connector commits after the function has received its lines. */
  const committed = (name: string, topic: string, offsets: string) =>
    waitFor(
      `${offsets} committed`,
      async () => (await stage.committed(name, topic)).join() === offsets,
      10_000,
    );
  const metrics = async (connector: StartedService) => (await fetch(`${connector.url}/metrics`)).text();
  const deploy = (name: string, topics: readonly string[]) =>
    gateway.functions.set(name, { annotations: { topic: topics.join(), "kafka-batch-size": "100" } });

  describe("compressed messages", () => {
    const values = numbers(300).map(
      (number) => `{"n":${number},"text":"The tram came, and it came on time."}`,
    );

    it.each(["gzip", "snappy", "lz4", "zstd"])("are delivered from librdkafka with %s", async (codec) => {
      const topic = await stage.newTopic();
      const messages = values.map((value) => ({ topic, value }));
      await produceWithRdkafka(brokers, { config: { "compression.type": codec }, messages });
      deploy(`rdkafka-${codec}`, [topic]);
      await stage.newConnector(gateway);
      expect(await delivered(values, topic)).toEqual(values);
    });

    it.each(["gzip", "snappy", "lz4", "zstd"])("are delivered from Java with %s", async (codec) => {
      const topic = await stage.newTopic();
      await produceWithJava(brokers, topic, values, codec);
      deploy(`java-${codec}`, [topic]);
      await stage.newConnector(gateway);
      expect(await delivered(values, topic)).toEqual(values);
    });

    it.each(["snappy", "lz4", "zstd"])(
      "are delivered from a topic with compression.type %s",
      async (codec) => {
        const topic = stage.newName();
        const configEntries = [{ name: "compression.type", value: codec }];
        await stage.admin.createTopics({ topics: [{ topic, configEntries }], waitForLeaders: true });
        await stage.send(topic, values);
        deploy(`topic-${codec}`, [topic]);
        await stage.newConnector(gateway);
        expect(await delivered(values, topic)).toEqual(values);
      },
    );
  });

  describe("a batch that cannot be read", () => {
    const damage = ({ bytes }: LogBatch) => {
      bytes[bytes.length - 2] = bytes[bytes.length - 2]! ^ 1;
    };
    const changes: [string, string, (batch: LogBatch) => void][] = [
      ["a wrong checksum", "the checksum is wrong", damage],
      [
        "an unknown codec",
        "unknown compression codec 6",
        (batch) => {
          batch.setCodec(6);
          batch.sign();
        },
      ],
      [
        "records that are not of its codec",
        "the lz4 data are damaged",
        (batch) => {
          batch.setCodec(3);
          batch.sign();
        },
      ],
    ];

    it.each(changes)("stops only its partition, until it is repaired: %s", async (_, reason, change) => {
      const [topic, other] = [await stage.newTopic(2), await stage.newTopic()];
      const [name, neighbour] = [stage.newName(), stage.newName()];
      for (const value of ["before", "bad", "after"]) await stage.send(topic, [value]);
      await stage.send(topic, ["one"], 1);
      await stage.send(other, ["two"]);
      const restore = await modifyLog(stage.kafka, { topic, batch: 1 }, change);
      deploy(name, [topic, other]);
      deploy(neighbour, [topic, other]);
      const connector = await stage.newConnector(gateway);
      await delivered(["before", "before"], topic);
      await delivered(["one", "one"], topic, 1);
      await delivered(["two", "two"], other);

      const gauge = (functionName: string) =>
        `kafka_connector_undecodable_partitions{function="${functionName}",topic="${topic}",partition="0"} 1\n`;
      for (const functionName of [name, neighbour]) {
        await waitFor("the metric", async () => (await metrics(connector)).includes(gauge(functionName)));
      }
      await stage.send(topic, ["three"], 1);
      await stage.send(other, ["four"]);
      await delivered(["one", "one", "three", "three"], topic, 1, 5_000);
      await delivered(["two", "two", "four", "four"], other, 0, 5_000);
      expect((await fetch(`${connector.url}/readyz`)).status).toBe(200);
      expect(lines(topic)).toEqual(["before", "before"]);
      await committed(name, topic, "1,2");

      await restore();
      await delivered(numbers(6), topic, 0, 40_000);
      expect(lines(topic).slice(2).sort()).toEqual(["after", "after", "bad", "bad"]);
      const logged = connector
        .output()
        .split("\n")
        .filter((line) => line.includes("partition_undecodable"))
        .map((line) => JSON.parse(line));
      expect(logged).toHaveLength(2); // one for each function, independent of the retries
      expect(logged[0]).toMatchObject({ level: "error", topic, partition: 0, offset: 1, reason });
      expect(connector.output()).not.toContain("consumer_restarted");
      await waitFor("no metric", async () => !(await metrics(connector)).includes(gauge(name)));
    });

    it("stops its partition also after a restart", async () => {
      const topic = await stage.newTopic(2);
      const name = stage.newName();
      await stage.send(topic, ["bad"]);
      await modifyLog(stage.kafka, { topic, batch: 0 }, damage);
      deploy(name, [topic]);
      for (const value of ["one", "two"]) {
        await stage.send(topic, [value], 1);
        await using connector = await stage.newConnector(gateway);
        await waitFor("delivery", () => lines(topic, 1).at(-1) === value);
        await waitFor(
          "commit",
          async () => (await stage.committed(name, topic))[1] === Number(value === "two") + 1,
        );
        expect((await fetch(`${connector.url}/readyz`)).status).toBe(200);
      }
      expect(lines(topic)).toEqual([]);
    });
  });

  describe("transactions", () => {
    it("leave no lag, whether they commit or abort", async () => {
      const [mixedTopic, abortedTopic] = [await stage.newTopic(), await stage.newTopic()];
      const name = stage.newName();
      deploy(name, [mixedTopic, abortedTopic]);
      const connector = await stage.newConnector(gateway);
      const toRecords = (topic: string, ...values: string[]) => values.map((value) => ({ topic, value }));
      await produceWithRdkafka(brokers, {
        config: { "transactional.id": name },
        transactions: [
          { commits: true, messages: toRecords(mixedTopic, "committed 1", "committed 2") },
          {
            commits: false,
            messages: [...toRecords(mixedTopic, "aborted 1"), ...toRecords(abortedTopic, "aborted 2")],
          },
          { commits: true, messages: toRecords(mixedTopic, "committed 3") },
        ],
      });
      const lag = (topic: string) =>
        `kafka_connector_lag_messages{function="${name}",topic="${topic}",partition="0"} 0\n`;
      expect(await delivered(numbers(3), mixedTopic)).toEqual(["committed 1", "committed 2", "committed 3"]);
      await waitFor("no lag", async () => {
        const text = await metrics(connector);
        return text.includes(lag(mixedTopic)) && text.includes(lag(abortedTopic));
      });
      await committed(name, mixedTopic, "7");
      await committed(name, abortedTopic, "2");
      expect(lines(abortedTopic)).toEqual([]);
    });
  });
});
