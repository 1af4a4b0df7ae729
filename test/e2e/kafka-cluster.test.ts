// needs: java python
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { readTopic } from "@platform/dead-letters/read-topic";
import { openTopicSink } from "@platform/feeds/topic/topic-sink";
import { createTopicQueue } from "@platform/gateway/async/topic-queue";
import { listGroups } from "@platform/gateway/console/topics/consumer-groups";
import { describeTopic, listTopics } from "@platform/gateway/console/topics/describe-topics";
import { produceMessage } from "@platform/gateway/console/topics/produce-message";
import { createTopicsClient } from "@platform/gateway/console/topics/topics-client";
import { elasticsearchSecrets } from "@platform/secrets/elasticsearch";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { createDurableProducer } from "@platform/shared/kafka/durable-producer";
import { openCluster } from "@platform/shared/kafka/open-cluster";
import { openTransactionWriter } from "@platform/shared/kafka/transaction-writer";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import { type Admin, Kafka, type KafkaMessage, logLevel } from "kafkajs";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedKafkaCluster, startKafkaCluster } from "../support/kafka/kafka-cluster.ts";
import { startConnector, startEnrichGateway } from "../support/kafka/stream.ts";
import { makeSecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { run } from "../support/process/command.ts";
import { runNotebook } from "../support/python/notebook.ts";
import { mountNotebooksStores } from "../support/python/notebooks-stores.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { pythonEnvironment } from "../support/python/python-environment.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { succeeds, waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(2 * minute);

const topics = [
  "twitter",
  "twitter-enriched",
  "twitter.dead-letter",
  "gateway-async",
  "gateway-async.dead-letter",
  "dead-letter-outcomes",
  "feed-cursors",
];
const tweet = (id: string) => JSON.stringify({ id, text: "People are kind" });

requireService("Kafka as components/kafka-cluster and store-logins have it", hasMaven(), () => {
  let cluster: StartedKafkaCluster;
  beforeAll(async () => {
    cluster = await startKafkaCluster();
    const [allowed] = await Promise.all([cluster.allowClients(), cluster.makeTopics(topics)]);
    expect(allowed).toMatchObject({ code: 0 });
  }, 5 * minute);
  afterAll(() => cluster?.[Symbol.asyncDispose](), minute);

  type Client = Parameters<StartedKafkaCluster["settings"]>[0];
  const config = (client: Client) => ({
    KAFKA_BROKERS: cluster.brokers.split(","),
    KAFKA_TLS: true,
    KAFKA_CA_SECRET_NAME: "kafka-ca",
    KAFKA_SASL_SECRET_NAME: "kafka-login",
    KAFKA_SASL_MECHANISM: "scram-sha-512" as const,
    SECRETS_DIR: cluster.settings(client).SECRETS_DIR!,
  });
  const connect = (client: Client) => createKafka({ clientId: client, config: config(client) });

  async function write(client: Client, topic: string, ...values: string[]): Promise<void> {
    const producer = createDurableProducer({ open: () => connect(client), timeLimit: 20_000 });
    try {
      await producer.send(
        topic,
        values.map((value) => ({ value })),
      );
    } finally {
      await producer.close();
    }
  }
  /** The messages of a topic, read without a group. */
  async function read(client: Client, topic: string): Promise<string[]> {
    const kafka = await connect(client);
    const [admin, reader] = [kafka.admin(), await openCluster(kafka)];
    try {
      await admin.connect();
      const values: string[] = [];
      const onMessage = (_: number, { value }: KafkaMessage) => void values.push(String(value));
      await readTopic({ cluster: reader, admin, topic, signal: AbortSignal.timeout(minute), onMessage });
      return values;
    } finally {
      await Promise.all([admin.disconnect(), reader.disconnect()]);
    }
  }
  /** Reads one message as a member of a group. */
  async function consume(client: Client, groupId: string, topic: string): Promise<void> {
    const retry = { retries: 0, restartOnFailure: async () => false };
    const consumer = (await connect(client)).consumer({ groupId, retry });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        consumer.run({ eachMessage: async () => resolve() }).catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }
  const asAdmin = async <T>(client: Client, work: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = (await connect(client)).admin({ retry: { retries: 0 } });
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  };
  const transact = async (client: Client, id: string) => {
    const writer = await openTransactionWriter(await connect(client), id);
    await writer[Symbol.asyncDispose]();
  };

  describe("each client works with its own login", () => {
    it("connector and tweet-enrich: a post of the feeds reaches twitter-enriched, a refused one twitter.dead-letter", async () => {
      await using gateway = await startEnrichGateway(cluster.settings("tweet-enrich"));
      await using connector = await startConnector({
        ...cluster.settings("kafka-connector"),
        GATEWAY_URL: gateway.url,
      });
      await write("feeds", "twitter", tweet("1"), JSON.stringify({ id: "2", text: 7 }));
      await waitFor(
        "both",
        async () => {
          const [enriched, letters] = [
            await read("notebooks", "twitter-enriched"),
            await read("dead-letters", "twitter.dead-letter"),
          ];
          return enriched.length > 0 && letters.length > 0;
        },
        20_000,
      );
      expect(await read("notebooks", "twitter-enriched")).toEqual([expect.stringContaining("polarity")]);
      expect(connector.output()).not.toContain("AUTHORIZATION");
    });

    it("dead letters are replayed", async () => {
      const program = join(root, "packages", "dead-letters", "dist", "main.cjs");
      const env = { PATH: process.env.PATH, ...cluster.settings("dead-letters") };
      const args = [program, "replay", "--topic", "twitter"];
      expect(await run(process.execPath, args, { env })).toMatchObject({ code: 0 });
      expect(await read("notebooks", "twitter")).toHaveLength(3);
    });

    it("feeds: posts and cursor in a transaction", async () => {
      const sink = await openTopicSink({
        kafka: await connect("feeds"),
        topic: "twitter",
        feed: { name: "bluesky", startCursor: () => "1" },
        metrics: { written: jest.fn(), skipped: jest.fn() },
        signal: AbortSignal.timeout(minute),
      });
      await sink.write({ cursor: "2", time: Date.now(), items: [{ id: "a", key: "a", value: tweet("a") }] });
      await sink[Symbol.asyncDispose]();
      expect(await read("feeds", "feed-cursors")).not.toEqual([]);
    });

    it("feeds: each transaction is visible when its writer is disposed of", async () => {
      await asAdmin("feeds", async (admin) => {
        const readEnd = async () =>
          (await admin.fetchTopicOffsets("twitter")).reduce((sum, { high }) => sum + Number(high), 0);
        const start = await readEnd();
        for (let count = 1; count <= 10; count++) {
          const writer = await openTransactionWriter(await connect("feeds"), "feeds-visible");
          await writer.write([{ topic: "twitter", messages: [{ value: tweet(`v${count}`) }] }]);
          await writer[Symbol.asyncDispose]();
          expect(await readEnd()).toBe(start + 2 * count); // each message and its transaction's marker
        }
      });
    });

    it("gateway: asynchronous calls, their dead letters, and a console that reads everything", async () => {
      const called: string[] = [];
      const { log, take } = recordedLog();
      await using queue = createTopicQueue(async ({ name }) => void called.push(name), {
        config: config("gateway"),
        topic: "gateway-async",
        log,
      });
      queue.begin();
      const call = { name: "sentiment", method: "POST", url: "/", headers: {}, body: Buffer.from("x") };
      await write("dead-letters", "gateway-async", "no call");
      await queue.accept({ ...call, callbackUrl: undefined, callId: "1".repeat(32), startTime: "1" });
      await waitFor("the call", () => called.length > 0, 20_000);
      await waitFor("its letter", () => take().some((line) => line.includes("dead_letter_written")), 20_000);

      await using client = createTopicsClient(config("gateway"));
      const { topics: shown } = await client.use(listTopics);
      expect(shown.map(({ name }) => name)).toEqual(expect.arrayContaining(topics));
      expect(shown.filter(({ bytes, retentionMs }) => bytes === null || retentionMs === null)).toEqual([]);
      const { groups } = await client.use((connection) => describeTopic(connection, "twitter"));
      expect(groups).toMatchObject([{ group: "kafka-connector-tweet-enrich" }]);
      expect((await client.use(listGroups)).groups.map(({ group }) => group).sort()).toEqual([
        "gateway-async",
        "kafka-connector-tweet-enrich",
      ]);
      const message = { key: null, value: Buffer.from("x") };
      const produced = client.use((connection) => produceMessage(connection, "twitter", message));
      await expect(produced).rejects.toMatchObject({ code: "kafka_forbidden" });
    });

    it("nifi: the consumer of twitter instead of the connector, and its writer", async () => {
      await write("nifi", "twitter", tweet("n"));
      await write("nifi", "twitter.dead-letter", tweet("n"));
      await consume("nifi", "nifi", "twitter");
    });

    it("notebooks: a tweet, and the lag of a function", async () => {
      await write("notebooks", "twitter", tweet("b"));
      const groupId = "kafka-connector-tweet-enrich";
      const [offsets] = await asAdmin("notebooks", (admin) =>
        admin.fetchOffsets({ groupId, topics: ["twitter"] }),
      );
      expect(offsets!.partitions.some(({ offset }) => Number(offset) > 0)).toBe(true);
    });

    requireService(PYTHON, hasPython(), () => {
      const notebooks = join(root, "notebooks");
      let python: string;
      beforeAll(async () => {
        python = await pythonEnvironment("notebooks", join(notebooks, "requirements.txt"));
      }, 15 * minute);

      it("kafka.ipynb: everything that it does, with the variables of the Secret notebooks-stores", async () => {
        await using gateway = await startEnrichGateway(cluster.settings("tweet-enrich"));
        await using _connector = await startConnector({
          ...cluster.settings("kafka-connector"),
          GATEWAY_URL: gateway.url,
        });
        const { SECRETS_DIR, KAFKA_BROKERS } = cluster.settings("notebooks");
        const login = readFileSync(join(SECRETS_DIR!, "kafka-login"), "utf8");
        using stores = mountNotebooksStores({
          kafka: { notebooks: { login, ca: cluster.ca } },
          elasticsearch: elasticsearchSecrets(new Date()).clients,
        });
        const cells = await runNotebook({
          notebook: join(notebooks, "kafka.ipynb"),
          python,
          env: { ...stores.env, KAFKA_BROKERS: KAFKA_BROKERS! },
        });
        const cellText = (cell: string) => cells.find(({ id }) => id === cell)?.text;
        expect(cellText("connect")).toMatch(/^Topic: twitter, with 3 partitions\n/);
        expect(cellText("messages")).toContain("People are kind");
        expect(cellText("wait")).toMatch(/^Delivered\n/);
      });
    });
  });

  describe("rights", () => {
    it.each<[string, () => Promise<unknown>]>([
      ["kafka-connector as a writer of its topic", () => write("kafka-connector", "twitter", "x")],
      ["kafka-connector in a group of others", () => consume("kafka-connector", "nifi", "twitter")],
      ["tweet-enrich as a writer of twitter", () => write("tweet-enrich", "twitter", "x")],
      ["tweet-enrich as a reader", () => read("tweet-enrich", "twitter-enriched")],
      ["feeds as a reader of twitter", () => read("feeds", "twitter")],
      ["feeds with a transactional id of others", () => transact("feeds", "dead-letters-twitter")],
      ["gateway as a writer of twitter", () => write("gateway", "twitter", "x")],
      ["gateway in a group of others", () => consume("gateway", "kafka-connector-tweet-enrich", "twitter")],
      ["gateway with transactions", () => transact("gateway", "dead-letters-twitter")],
      ["nifi as a writer of twitter-enriched", () => write("nifi", "twitter-enriched", "x")],
      ["notebooks in a group", () => consume("notebooks", "kafka-connector-tweet-enrich", "twitter")],
      ["notebooks at asynchronous calls", () => read("notebooks", "gateway-async")],
      ["dead-letters at twitter-enriched", () => write("dead-letters", "twitter-enriched", "x")],
      [
        "kafka-connector with its own topic",
        () => asAdmin("kafka-connector", (admin) => admin.createTopics({ topics: [{ topic: "mine" }] })),
      ],
      [
        "gateway with the deletion of a topic",
        () => asAdmin("gateway", (admin) => admin.deleteTopics({ topics: ["twitter"] })),
      ],
    ])("refuses %s", async (_, work) => {
      const answer = await work().then(() => "allowed", errorType);
      // kafkajs hides Kafka's answer to the search for a coordinator.
      expect(answer).toMatch(/_AUTHORIZATION_FAILED$|^KafkaJSGroupCoordinatorNotFound$/);
    });

    it("refuses a wrong password, and a client without TLS", async () => {
      using secrets = makeSecretsFolder({ "kafka-login": "gateway:horse", "kafka-ca": cluster.ca });
      const wrong = { ...config("gateway"), SECRETS_DIR: secrets.path };
      const admin = (await createKafka({ clientId: "test", config: wrong })).admin({ retry: { retries: 0 } });
      await expect(admin.connect()).rejects.toThrow(/authentication failed/i);
      const plain = new Kafka({ brokers: cluster.brokers.split(","), logLevel: logLevel.NOTHING }).admin({
        retry: { retries: 0 },
      });
      await expect(plain.connect()).rejects.toThrow();
    });

    it.each(["CONTROLLERS", "BROKERS"] as const)(
      "refuses unauthenticated clients at the listener %s",
      async (listener) => {
        const [host, port] = cluster.internal(0, listener).split(":");
        const socket = connectTls({ host: host!, port: Number(port), ca: cluster.ca });
        const ended = new Promise((resolve) => socket.on("error", resolve).on("close", resolve));
        expect(String(await ended)).toMatch(/certificate.required|bad certificate/i);
      },
    );
  });

  it("gives Kafka a new password of a client", async () => {
    await cluster.replacePassword("feeds", "new-horse");
    expect(await cluster.script(0, "add-users.sh", "feeds")).toMatchObject({ code: 0 });
    await write("feeds", "twitter", tweet("p"));
  });

  it("a killed server prevents no acknowledged write, and is ready after it is in sync again", async () => {
    expect(await cluster.probe(1)).toMatchObject({ code: 0 });
    await cluster.kill(2);
    const ids = Array.from({ length: 9 }, (_, index) => `k${index}`);
    for (const id of ids) {
      const written = () => succeeds(write("feeds", "twitter", tweet(id)));
      await waitFor(`${id}, by the partition's next leader`, written, 30_000);
    }
    const texts = (await read("notebooks", "twitter")).map((message) => JSON.stringify(message));
    for (const id of ids) expect(texts.some((text) => text.includes(id))).toBe(true);
    // Runs its own probe by way of another server.
    const { code, stdout } = await cluster.probe(2, 0);
    expect([code, stdout]).toEqual([1, expect.stringContaining("broker 3 is not in sync")]);
    await cluster.start(2);
    await waitFor("it is in sync", async () => (await cluster.probe(2)).code === 0, 30_000);
  });
});

/** The type of the protocol error that kafkajs has wrapped, or the error's own name. */
function errorType(error: unknown): string {
  const { cause, errors, type, name } = error as Error & { errors?: unknown[]; type?: string };
  const inner = cause ?? errors?.[0];
  return inner === undefined ? (type ?? name) : errorType(inner);
}
