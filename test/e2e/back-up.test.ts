// needs: java python
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Admin, ConfigResourceTypes } from "kafkajs";
import { runDocsCommands } from "../support/docs/run-docs-commands.ts";
import { hasMaven } from "../support/java/maven.ts";
import { createTopic } from "../support/kafka/create-topic.ts";
import { type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { produceWithRdkafka, type RdkafkaMessage, readWithRdkafka } from "../support/kafka/producers.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { run } from "../support/process/command.ts";
import { createDisposables } from "../support/process/disposables.ts";
import { startProgram } from "../support/process/program.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(2 * minute);

const page = "how-to/back-up-and-restore.md";
const program = join(root, "packages", "topics", "dist", "main.cjs");
const group = "kafka-connector-tweet-enrich";

requireService("Kafka (Maven and Java)", hasMaven(), () => {
  describe("npm run topics", () => {
    const { use, dispose } = createDisposables();
    let folder: string;
    let source: StartedKafka;
    let target: StartedKafka;
    let admin: Admin;
    let newAdmin: Admin;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "back-up-"));
      [source, target] = await Promise.all([
        startKafka({ own: true }).then(use),
        startKafka({ own: true }).then(use),
      ]);
      [admin, newAdmin] = [source, target].map(({ brokers }) => kafkaClient(brokers).admin()) as [
        Admin,
        Admin,
      ];
      await Promise.all([admin.connect(), newAdmin.connect()]);
      await source.makeTopics(["twitter", "twitter-enriched", "twitter.dead-letter", "gateway-async"]);
      await source.makeTopics(["gateway-async.dead-letter", "dead-letter-outcomes"]);
      await source.makeTopics(["large"], 1);
      await fill(source.brokers, admin);
    }, 5 * minute);
    afterAll(async () => {
      await Promise.allSettled([admin?.disconnect(), newAdmin?.disconnect()]);
      await dispose();
      rmSync(folder, { recursive: true });
    }, minute);

    const topics = ({ brokers }: StartedKafka, ...args: string[]) =>
      run(process.execPath, [program, ...args], { cwd: root, env: { KAFKA_BROKERS: brokers } });
    const commands = (sentence: string, kafka: StartedKafka) =>
      runDocsCommands(page, sentence, {
        env: { KAFKA_BROKERS: "kafka.data:9092", KAFKA_ADDRESS: kafka.brokers, BACKUP: folder },
        without: "kubectl",
      });
    const backups = () => join(folder, "topics");
    const readSettings = async (client: Admin, name: string) => {
      const { resources } = await client.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name }],
      });
      return resources[0]!.configEntries
        .filter(({ isDefault, configSource }) => !isDefault && Number(configSource) === 1)
        .map(({ configName, configValue }) => [configName, configValue])
        .sort();
    };

    it("restores topics into an empty Kafka by the commands of the guide", async () => {
      expect(await commands("Back up:", source)).toContain("and offsets of 1 consumer group backed up");
      expect(await commands("Verify the backup", source)).toContain("twitter-check: equal to");
      expect(await commands("Restore into an empty cluster. The consumers", target)).toContain(
        "twitter: equal to",
      );
    });

    it("keeps every byte, timestamp and order, as another client reads them, and leaves no gaps", async () => {
      for (const topic of ["twitter", "twitter-enriched", "twitter.dead-letter", "dead-letter-outcomes"]) {
        const [before, after] = [
          await readWithRdkafka(source.brokers, topic),
          await readWithRdkafka(target.brokers, topic),
        ];
        const contents = (messages: typeof before) =>
          messages.map(({ partition, content }) => [partition, content]);
        expect(before.length).toBeGreaterThan(5);
        expect(contents(after)).toEqual(contents(before));
        expect(await readSettings(newAdmin, topic)).toEqual(await readSettings(admin, topic));
        for (const { low, high, partition } of await newAdmin.fetchTopicOffsets(topic))
          expect([low, Number(high)]).toEqual([
            "0",
            after.filter((message) => message.partition === partition).length,
          ]);
      }
      expect(await readSettings(newAdmin, "twitter.dead-letter")).toContainEqual(["retention.ms", "-1"]);
    });

    it("continues a consumer group after its last message", async () => {
      const remaining = async ({ brokers }: StartedKafka, client: Admin) => {
        const [offsets] = await client.fetchOffsets({ groupId: group, topics: ["twitter"] });
        const next = new Map(offsets!.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
        const messages = await readWithRdkafka(brokers, "twitter");
        return messages
          .filter(({ partition, offset }) => offset >= (next.get(partition) ?? 0))
          .map(({ partition, content }) => [partition, content]);
      };
      const before = await remaining(source, admin);
      expect(before.length).toBeGreaterThan(10);
      expect(before.length).toBeLessThan((await readTopic(target.brokers, "twitter")).length);
      expect(await remaining(target, newAdmin)).toEqual(before);
    });

    it("refuses a topic with messages, other partitions, and active groups, before it writes", async () => {
      const restore = (...args: string[]) =>
        topics(target, "restore", backups(), "--topic", "twitter", ...args);
      expect(await restore()).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/Topic twitter has \d+ messages/),
      });
      await createTopic(newAdmin, "narrow", 1);
      expect(await restore("--as", "narrow")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("Topic narrow has 1 partitions, and the backup has 3"),
      });
      const consumer = kafkaClient(target.brokers).consumer({ groupId: group });
      await consumer.connect();
      await consumer.subscribe({ topics: ["narrow"] });
      await consumer.run({ eachMessage: async () => undefined });
      const isRunning = async () => (await newAdmin.describeGroups([group])).groups[0]!.state === "Stable";
      await waitFor("the group", isRunning);
      expect(await restore()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`${group} has running members`),
      });
      await consumer.disconnect();
    });

    it("adds to a topic with --append, and reports the differences from the backup", async () => {
      const compare = () => topics(target, "compare", backups(), "--topic", "twitter.dead-letter");
      expect((await compare()).code).toBe(0);
      const messages = (await readTopic(target.brokers, "twitter.dead-letter")).length;
      expect(
        (await topics(target, "restore", backups(), "--topic", "twitter.dead-letter", "--append")).code,
      ).toBe(0);
      expect((await readTopic(target.brokers, "twitter.dead-letter")).length).toBe(2 * messages);
      expect(await compare()).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/partition \d has more messages than the \d+ of the backup/),
      });
    });

    it("refuses a damaged backup, and a second one in the same folder", async () => {
      expect(await topics(source, "back-up", "twitter", "--to", backups())).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("exists; choose another folder"),
      });
      truncateSync(join(backups(), "twitter", "1.ndjson.gz"), 100);
      expect(await topics(target, "restore", backups(), "--topic", "twitter", "--as", "copy")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("1.ndjson.gz: missing or damaged"),
      });
      expect(await newAdmin.listTopics()).not.toContain("copy");
    });

    it("leaves no files after an interrupted backup", async () => {
      const to = join(folder, "interrupted");
      const command = [process.execPath, program, "back-up", "large", "--to", to] as const;
      const backup = startProgram({ command, env: { ...process.env, KAFKA_BROKERS: source.brokers } });
      await waitFor("the draft", async () => (await readdir(to).catch(() => [])).length > 0, minute);
      backup.signal("SIGTERM");
      await backup.ended;
      expect(backup.output()).toContain("npm run topics: Interrupted by SIGTERM.");
      expect(await readdir(to)).toEqual([]);
    });
  });
});

/** Messages of every kind: binary, empty, without a value; compressed; of committed and aborted transactions; large ones. */
async function fill(brokers: string, admin: Admin): Promise<void> {
  const bytes = (seed: number, length = 40) => {
    const block = createHash("sha512").update(String(seed)).digest();
    return Buffer.alloc(length, block);
  };
  const unusual: RdkafkaMessage[] = [
    { topic: "twitter", value: null, key: bytes(1) },
    { topic: "twitter", value: "", key: "" },
    { topic: "twitter", value: "no key" },
    {
      topic: "twitter",
      value: bytes(2),
      headers: [
        ["b", bytes(3)],
        ["a", null],
        ["b", ""],
        ["2", "x"],
        ["1", Buffer.of(0xff, 0)],
        ["a", "é"],
      ],
    },
  ];
  await produceWithRdkafka(brokers, { messages: unusual });
  const many = (topic: string, count: number, length?: number) =>
    Array.from({ length: count }, (_, n) => ({ topic, key: `key-${n}`, value: bytes(n, length) }));
  for (const codec of ["gzip", "snappy", "lz4", "zstd"])
    await produceWithRdkafka(brokers, {
      config: { "compression.type": codec },
      messages: [...many("twitter", 50), ...many("twitter-enriched", 20, 5_000)],
    });
  await produceWithRdkafka(brokers, {
    config: { "transactional.id": "test" },
    transactions: [true, false, true, false].map((commits) => ({ commits, messages: many("twitter", 10) })),
  });
  await produceWithRdkafka(brokers, {
    messages: [
      ...many("twitter.dead-letter", 6, 900_000),
      ...many("gateway-async", 5),
      ...many("dead-letter-outcomes", 6),
      ...many("twitter", 10),
    ],
  });
  await produceWithRdkafka(brokers, {
    messages: Array.from({ length: 30 }, () => ({ topic: "large", value: randomBytes(900_000) })),
  });
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: "twitter-enriched",
        configEntries: [
          { name: "message.timestamp.type", value: "LogAppendTime" },
          { name: "cleanup.policy", value: "compact" },
        ],
      },
    ],
  });
  const ends = await admin.fetchTopicOffsets("twitter");
  const partitions = ends.map(({ partition, high }) => ({
    partition,
    offset: String(Number(high) - 12 + partition),
  }));
  await admin.setOffsets({ groupId: group, topic: "twitter", partitions });
}
