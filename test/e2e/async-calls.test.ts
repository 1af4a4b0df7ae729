// needs: java
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Admin, ConfigResourceTypes, type Producer } from "kafkajs";
import { externalKafka } from "../support/external-services.ts";
import { callEach, callIds, type StartedCallbacks, startCallbacks } from "../support/gateway/callbacks.ts";
import {
  type FakeCluster,
  startClusterGateway,
  startFakeCluster,
} from "../support/gateway/cluster-gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { createTopic } from "../support/kafka/create-topic.ts";
import { hasKafka, type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { createDisposables } from "../support/process/disposables.ts";
import type { StartedService } from "../support/process/service.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(150_000);

requireService("Kafka (KAFKA_BROKERS, or Maven and Java)", hasKafka(), () => {
  let kafka: StartedKafka;
  let admin: Admin;
  let producer: Producer;
  let cluster: FakeCluster;
  let callbacks: StartedCallbacks;
  let topic: string;
  const { use, dispose } = createDisposables();

  beforeAll(async () => {
    kafka = await startKafka();
    const client = kafkaClient(kafka.brokers);
    [admin, producer] = [client.admin(), client.producer()];
    await Promise.all([admin.connect(), producer.connect()]);
    // The path is the duration of the call in milliseconds.
    cluster = await startFakeCluster(async (request, response) => {
      await sleep(Number(/\d+/.exec(request.url ?? "")?.[0] ?? 20), undefined, { ref: false });
      response.end("answered");
    });
  }, 120_000);
  afterAll(async () => {
    await Promise.allSettled([admin?.disconnect(), producer?.disconnect()]);
    await cluster?.[Symbol.asyncDispose]();
    await kafka?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    topic = `gateway-async-${randomUUID().slice(0, 8)}`;
    await createTopic(admin, topic, 3);
    callbacks = use(await startCallbacks());
  });
  afterEach(() => dispose());

  const newGateway = async () =>
    use(await startClusterGateway(cluster, { KAFKA_BROKERS: kafka.brokers, ASYNC_TOPIC: topic }));
  const toCallUrl = (gateway: StartedService, path = "") =>
    `${gateway.url}/async-function/${cluster.name}${path}`;
  const metric = async (gateway: StartedService, name: string) =>
    Number(
      new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(
        (await httpCall(`${gateway.url}/metrics`)).body,
      )?.[1] ?? 0,
    );
  const calls = (gateway: StartedService) => metric(gateway, "gateway_function_invocation_total");
  const hasAll = (ids: readonly string[]) => () => ids.every((id) => callbacks.ids().has(id));

  it("calls survive a killed gateway: all of 500 accepted calls are called back", async () => {
    const killed = await newGateway();
    const accepting = callEach(toCallUrl(killed, "/100"), callIds(500), callbacks.url);
    await waitFor("some callbacks", () => callbacks.ids().size >= 20, 30_000);
    const accepted = await accepting;
    killed.signal("SIGKILL");
    await killed.ended;
    expect(accepted).toHaveLength(500);
    expect(callbacks.ids().size).toBeLessThan(500);
    const again = await newGateway();
    await waitFor("all callbacks", hasAll(accepted), 60_000);
    const length = () => metric(again, "gateway_async_queue_length");
    await waitFor("an empty queue", async () => (await length()) === 0, 20_000);
  });

  it("replicas share the calls, and one takes over those of a killed one", async () => {
    const [first, second] = [await newGateway(), await newGateway()];
    await callEach(toCallUrl(first), callIds(10), callbacks.url);
    await waitFor(
      "a share of the partitions",
      async () => {
        await callEach(toCallUrl(first), callIds(10), callbacks.url);
        return (await calls(first)) > 0 && (await calls(second)) > 0;
      },
      30_000,
    );
    const ids = Array.from({ length: 300 }, (_, index) => `shared-${index}`);
    const before = [await calls(first), await calls(second)];
    const accepted = await callEach(toCallUrl(first, "/50"), ids, callbacks.url);
    expect(accepted).toHaveLength(300);
    await waitFor("calls by both", async () => {
      const now = [await calls(first), await calls(second)];
      return now.every((count, index) => count > before[index]!);
    });
    second.signal("SIGKILL");
    await waitFor("all callbacks", hasAll(ids), 40_000);
  });

  it("a gateway that shuts down finishes the calls in flight, and the next one makes the rest", async () => {
    const ended = await newGateway();
    const ids = callIds(100);
    await callEach(toCallUrl(ended, "/200"), ids, callbacks.url);
    await waitFor("some callbacks", () => callbacks.ids().size > 0, 20_000);
    ended.signal("SIGTERM");
    expect(await ended.ended).toBe(0);
    expect(callbacks.ids().size).toBeLessThan(100);
    await newGateway();
    await waitFor("all callbacks", hasAll(ids), 30_000);
    expect(callbacks.received).toHaveLength(100);
  });

  it("a message that is not a call goes to the dead-letter topic, and delays no call", async () => {
    const values = ["garbage", '{"version":1}', null, Buffer.from([0xff, 0xfe])];
    for (const partition of [0, 1, 2]) {
      await producer.send({ topic, messages: values.map((value) => ({ value, partition })) });
    }
    const gateway = await newGateway();
    const ids = callIds(12);
    await callEach(toCallUrl(gateway), ids, callbacks.url);
    await waitFor("all callbacks", hasAll(ids), 30_000);
    const readLetters = () => readTopic(kafka.brokers, `${topic}.dead-letter`);
    await waitFor("all dead letters", async () => (await readLetters()).length >= 12);
    const letters = await readLetters();
    expect(letters.map(({ headers }) => headers)).toEqual(
      Array(12).fill(
        expect.objectContaining({
          "dead-letter-code": "not_a_call",
          "dead-letter-status": "422",
          "dead-letter-topic": topic,
        }),
      ),
    );
  });

  it("a slow call, a removed function and a hanging callback host delay others for their time limits at most", async () => {
    const hanging = use(await startCallbacks(() => undefined));
    const gateway = await newGateway();
    await callEach(toCallUrl(gateway), ["first"], callbacks.url);
    await callbacks.of("first", 20_000);
    const [record] = await readTopic(kafka.brokers, topic);
    const gone = { ...JSON.parse(record!.value!), function: "gone", callId: "gone" };
    await producer.send({ topic, messages: [{ value: JSON.stringify(gone) }] });
    await callEach(toCallUrl(gateway, "/60000"), ["slow"], callbacks.url);
    await callEach(toCallUrl(gateway), ["hangs"], hanging.url);
    const ids = callIds(30);
    await callEach(toCallUrl(gateway), ids, callbacks.url);
    // 10 s for each of the calls and 20 s for the callback, in sequence where they share a partition.
    await waitFor("the others", hasAll(ids), 50_000);
    expect((await callbacks.of("slow")).headers["x-function-status"]).toBe("504");
    expect((await callbacks.of("gone")).headers["x-function-status"]).toBe("404");
    await waitFor("the log", () => /"call_id":"hangs".*"callback_given_up"/.test(gateway.output()), 50_000);
  });

  // Only for our own Kafka: another process creates the topics of an external one.
  (externalKafka() === undefined ? it : it.skip)(
    "the topics job creates the topic with several partitions and a week's retention",
    async () => {
      await kafka.makeTopics(["gateway-async", "gateway-async.dead-letter"]);
      const type = ConfigResourceTypes.TOPIC;
      const readRetention = async (name: string) => {
        const { resources } = await admin.describeConfigs({
          includeSynonyms: false,
          resources: [{ type, name }],
        });
        return resources[0]!.configEntries.find(({ configName }) => configName === "retention.ms")
          ?.configValue;
      };
      expect(await readRetention("gateway-async")).toBe(String(7 * 24 * 3_600_000));
      expect(await readRetention("gateway-async.dead-letter")).toBe("-1");
      expect(await admin.fetchTopicOffsets("gateway-async")).toHaveLength(3);
    },
  );

  it("a call above the topic's size limit gets 413 instead of 202", async () => {
    const small = `${topic}-small`;
    const configEntries = [{ name: "max.message.bytes", value: "20000" }];
    await admin.createTopics({ topics: [{ topic: small, numPartitions: 1, configEntries }] });
    const env = { KAFKA_BROKERS: kafka.brokers, ASYNC_TOPIC: small };
    const gateway = use(await startClusterGateway(cluster, env));
    const { status, body } = await httpCall(toCallUrl(gateway), { body: "x".repeat(30_000) });
    expect([status, JSON.parse(body).code]).toEqual([413, "body_too_large"]);
    expect(await callEach(toCallUrl(gateway), ["small"], callbacks.url)).toEqual(["small"]);
    await callbacks.of("small", 20_000);
  });

  it("calls are accepted and made as soon as the topic exists", async () => {
    const late = `${topic}-late`;
    const env = { KAFKA_BROKERS: kafka.brokers, ASYNC_TOPIC: late };
    const gateway = use(await startClusterGateway(cluster, env));
    const { body } = await httpCall(toCallUrl(gateway), { body: "x" });
    expect(JSON.parse(body)).toMatchObject({ status: 503, code: "queue_unavailable" });
    await createTopic(admin, late, 1);
    await waitFor(
      "a call that is accepted",
      async () => {
        return (await callEach(toCallUrl(gateway), ["late"], callbacks.url)).length === 1;
      },
      20_000,
    );
    await callbacks.of("late", 30_000);
  });
});
