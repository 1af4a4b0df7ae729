// needs: java
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { FakeGateway, FunctionAnswer } from "../support/gateway/fake-gateway.ts";
import { itKillsKafka } from "../support/it-kills.ts";
import { type ConnectorStage, startConnectorStage } from "../support/kafka/connector-stage.ts";
import { createTopic } from "../support/kafka/create-topic.ts";
import { hasKafka } from "../support/kafka/kafka.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { startService } from "../support/process/service.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(120_000);

const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String(from + index));

requireService("Kafka (KAFKA_BROKERS, or Maven and Java)", hasKafka(), () => {
  let stage: ConnectorStage;
  let gateway: FakeGateway;
  /** The function of the test and its topic. */
  let name: string;
  let topic: string;

  beforeAll(async () => {
    stage = await startConnectorStage();
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    gateway = await stage.newGateway();
    name = stage.newName();
  });
  afterEach(() => stage.clear());

  const bodies = () => gateway.calls.map(({ body }) => body);
  const lines = (partition?: number) =>
    gateway.calls
      .filter((call) => partition === undefined || call.partition === partition)
      .flatMap(({ body }) => body.split("\n").filter((line) => line !== ""));
  const calls = (count: number) =>
    waitFor(`${count} calls`, () => gateway.calls.length >= count && gateway.calls, 20_000);
  const committed = (offsets: string, milliseconds = 20_000) =>
    waitFor(
      `${offsets} committed`,
      async () => (await stage.committed(name, topic)).join() === offsets,
      milliseconds,
    );
  /** Counts the repetitions of each value that came more than once. */
  const repeated = (values: readonly string[]) => values.length - new Set(values).size;
  /** Returns the values in the order of their first delivery. */
  const unrepeated = (values: readonly string[]) => [...new Set(values)];
  const deploy = (
    answer: (body: string) => FunctionAnswer | Promise<FunctionAnswer>,
    batchSize = 1,
  ): void => {
    const annotations = { topic, "kafka-batch-size": String(batchSize) };
    gateway.functions.set(name, { annotations, answer: ({ body }) => answer(body) });
  };

  describe("a function that fails", () => {
    it("blocks its partition, with growing pauses and no commit past it, while other partitions continue", async () => {
      topic = await stage.newTopic(2);
      await stage.send(topic, ["first", "broken", "after"], 0);
      await stage.send(topic, numbers(20), 1);
      let broken = true;
      deploy((body) => (body === "broken" && broken ? { status: 500 } : undefined));
      await stage.newConnector(gateway, { env: { RETRY_MAX_PAUSE: "10s" } });
      const tries = () => gateway.calls.filter(({ body }) => body === "broken");
      await waitFor("four tries", () => tries().length === 4);
      const [first, second, third, fourth] = tries().map(({ at }) => at) as [number, number, number, number];
      expect(third - second).toBeGreaterThan(1.3 * (second - first));
      expect(fourth - third).toBeGreaterThan(1.3 * (third - second));
      await committed("1,20");
      expect(lines(1)).toEqual(numbers(20));
      expect(bodies()).not.toContain("after");
      broken = false;
      await committed("3,20");
      expect(unrepeated(lines(0))).toEqual(["first", "broken", "after"]);
    });

    it.each([401, 403, 404, 405, 429, 503, 301])("is called again after %d", async (status) => {
      topic = await stage.newTopic();
      await stage.send(topic, numbers(2));
      let fails = 2;
      deploy(() => (fails-- > 0 ? { status } : undefined));
      await stage.newConnector(gateway);
      await committed("2");
      expect(bodies()).toEqual(["0", "0", "0", "1"]);
    });

    it("is called again after the function was missing for a while", async () => {
      topic = await stage.newTopic();
      await stage.send(topic, ["1"]);
      const connector = await stage.newConnector(gateway, { env: { ROUTES: `${topic}=${name}` } });
      await waitFor("a retry", () => connector.output().includes("delivery_retried"));
      deploy(() => undefined);
      await committed("1");
    });

    it("is aborted after CALL_TIMEOUT, and called again", async () => {
      topic = await stage.newTopic();
      await stage.send(topic, ["1"]);
      let hangs = 2;
      deploy(() => (hangs-- > 0 ? "hang" : undefined));
      const connector = await stage.newConnector(gateway, { env: { CALL_TIMEOUT: "300ms" } });
      await committed("1");
      expect(bodies()).toEqual(["1", "1", "1"]);
      expect(connector.output()).toContain("did not answer in time");
    });
  });

  describe("SIGTERM", () => {
    /** Ends a connector. Returns its exit code and the duration in milliseconds. */
    const end = async (connector: { signal(name: "SIGTERM"): void; ended: Promise<unknown> }) => {
      const begun = performance.now();
      connector.signal("SIGTERM");
      return { code: await connector.ended, took: performance.now() - begun };
    };

    it("finishes and commits calls in flight; the next connector repeats nothing", async () => {
      topic = await stage.newTopic(2);
      await stage.send(topic, numbers(6), 0);
      await stage.send(topic, numbers(6, 100), 1);
      deploy(async () => void (await sleep(700)), 2);
      const first = await stage.newConnector(gateway);
      await calls(2);
      expect((await end(first)).code).toBe(0);
      expect(lines()).toHaveLength(4);
      expect(await stage.committed(name, topic)).toEqual([2, 2]);
      const { groups } = await stage.admin.describeGroups([`kafka-connector-${name}`]);
      expect(groups[0]!.members).toEqual([]);
      await stage.newConnector(gateway);
      await committed("6,6");
      expect(lines(0)).toEqual(numbers(6));
      expect(lines(1)).toEqual(numbers(6, 100));
    });

    it("writes the dead letters of a call in flight", async () => {
      topic = await stage.newTopic();
      await stage.send(topic, ["bad", "good"]);
      deploy(async () => {
        await sleep(500);
        return { status: 422 };
      });
      const connector = await stage.newConnector(gateway);
      await calls(1);
      expect((await end(connector)).code).toBe(0);
      expect(await stage.committed(name, topic)).toEqual([1]);
      const letters = await readTopic(stage.kafka.brokers, `${topic}.dead-letter`);
      expect(letters.map(({ value }) => value)).toEqual(["bad"]);
    });

    it("does not wait for a retry's backoff", async () => {
      topic = await stage.newTopic();
      await stage.send(topic, ["1"]);
      deploy(() => ({ status: 500 }));
      const connector = await stage.newConnector(gateway, { env: { RETRY_MAX_PAUSE: "60s" } });
      await calls(3);
      const { code, took } = await end(connector);
      expect([code, took < 3_000]).toEqual([0, true]);
      expect(await stage.committed(name, topic)).toEqual([0]);
    });

    it("exits after SHUTDOWN_TIMEOUT when a function hangs", async () => {
      topic = await stage.newTopic();
      await stage.send(topic, ["1"]);
      deploy(() => "hang");
      const connector = await stage.newConnector(gateway, { env: { SHUTDOWN_TIMEOUT: "1s" } });
      await calls(1);
      const { code, took } = await end(connector);
      expect([code, took < 4_000]).toEqual([0, true]);
      expect(connector.output()).toContain("shutdown_timeout");
      expect(await stage.committed(name, topic)).toEqual([0]);
    });

    it.each(["hangs", "refuses"])("exits after SHUTDOWN_TIMEOUT at most when Kafka %s", async (fault) => {
      const server = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as { port: number };
      if (fault === "refuses") server.close();
      try {
        await using connector = await startService("kafka-connector", {
          until: "healthz",
          env: {
            KAFKA_BROKERS: `127.0.0.1:${port}`,
            GATEWAY_URL: gateway.url,
            ROUTES: "a=f",
            SHUTDOWN_TIMEOUT: "2s",
          },
        });
        await sleep(500);
        expect((await fetch(`${connector.url}/readyz`)).status).toBe(503);
        const { code, took } = await end(connector);
        expect([code, took < 5_000]).toEqual([0, true]);
      } finally {
        server.close();
      }
    });
  });

  describe("a connector that is killed", () => {
    it("repeats at most the batch in flight of each partition", async () => {
      topic = await stage.newTopic(2);
      const batchSize = 5;
      deploy(async () => void (await sleep(20)), batchSize);
      let connector = await stage.newConnector(gateway);
      for (let round = 0; round < 3; round++) {
        await stage.send(topic, numbers(200, 200 * round), 0);
        await stage.send(topic, numbers(200, 10_000 + 200 * round), 1);
        const before = gateway.calls.length;
        await calls(before + 20);
        connector.signal("SIGKILL");
        await connector.ended;
        connector = await stage.newConnector(gateway);
      }
      await committed("600,600", 40_000);
      for (const [partition, first] of [
        [0, 0],
        [1, 10_000],
      ] as const) {
        expect(unrepeated(lines(partition))).toEqual(numbers(600, first));
        expect(repeated(lines(partition))).toBeLessThanOrEqual(3 * batchSize);
      }
    });

    it("hands its partitions over to the others, in order and without a loss", async () => {
      topic = await stage.newTopic(4);
      const partitions = [0, 1, 2, 3];
      deploy(async () => void (await sleep(10)), 5);
      const [first, second] = [await stage.newConnector(gateway), await stage.newConnector(gateway)];
      let sent = 0;
      const send = async (rounds: number) => {
        for (let round = 0; round < rounds; round++, sent += 20) {
          for (const partition of partitions) await stage.send(topic, numbers(20, sent), partition);
        }
      };
      await send(10);
      const joins = () => second.output().match(/"group_joined"/g)?.length ?? 0;
      await waitFor("both have partitions", () => joins() > 0 && first.output().includes("joined"), 20_000);
      first.signal("SIGTERM"); // a rebalance with calls in flight
      await send(10);
      expect(await first.ended).toBe(0);
      const three = await stage.newConnector(gateway);
      await send(10);
      second.signal("SIGKILL");
      await second.ended;
      await send(10);
      await committed([sent, sent, sent, sent].join(), 60_000);
      expect(three.hasEnded()).toBe(false);
      for (const partition of partitions) {
        expect(unrepeated(lines(partition))).toEqual(numbers(sent));
        // At most a batch at each of the changes: one joined, one left, one joined, one was killed.
        expect(repeated(lines(partition))).toBeLessThanOrEqual(4 * 5);
      }
    });
  });

  describe("Kafka", () => {
    itKillsKafka("may end by SIGKILL and come back: nothing is lost, and little comes twice", async () => {
      topic = await stage.newTopic(2);
      const batchSize = 5;
      deploy(async () => void (await sleep(30)), batchSize);
      for (const partition of [0, 1]) await stage.send(topic, numbers(300, 1_000 * partition), partition);
      const connector = await stage.newConnector(gateway);
      await calls(20);
      await stage.kafka.kill();
      await sleep(3_000);
      const during = gateway.calls.length;
      await sleep(500);
      expect(gateway.calls.length).toBe(during); // nothing more without a commit
      await stage.kafka.start();
      await waitFor("all", () => new Set(lines()).size === 600, 60_000);
      await waitFor(
        "commits",
        async () => (await stage.committed(name, topic).catch(() => [])).join() === "300,300",
        30_000,
      );
      for (const partition of [0, 1]) {
        expect(unrepeated(lines(partition))).toEqual(numbers(300, 1_000 * partition));
        expect(repeated(lines(partition))).toBeLessThanOrEqual(batchSize);
      }
      expect(connector.hasEnded()).toBe(false);
      await waitFor("ready", async () => (await fetch(`${connector.url}/readyz`)).ok);
    });

    describe("may recreate a topic within a second, and all of its messages are delivered", () => {
      const recreateTopic = async () => {
        await stage.admin.deleteTopics({ topics: [topic] });
        await waitFor("topic recreated", () => createTopic(stage.admin, topic).catch(() => false));
      };

      it.each([
        ["more", 2, 6],
        ["as many", 3, 3],
        ["fewer", 50, 5],
      ])("with %s messages than before", async (_, before, after) => {
        topic = await stage.newTopic();
        await stage.send(topic, numbers(before));
        deploy(() => undefined, 10);
        // Longer than the topic is missing: the connector does not notice the deletion.
        await stage.newConnector(gateway, { env: { REFRESH: "10m" } });
        await committed(String(before));
        await recreateTopic();
        await stage.send(topic, numbers(after, 1_000));
        await waitFor("the new messages", () => unrepeated(lines()).length >= before + after, 20_000);
        await committed(String(after));
        // The connector may have fetched past the first messages before it noticed the new topic.
        expect(lines().slice(-after)).toEqual(numbers(after, 1_000));
      });

      it.each([
        ["the first call", 0],
        ["a later call", 2],
      ])("during %s", async (_, before) => {
        topic = await stage.newTopic();
        await stage.send(topic, numbers(before + 2));
        let end: () => void = () => undefined;
        deploy((body) =>
          body === String(before) ? new Promise((resolve) => (end = () => resolve(undefined))) : undefined,
        );
        await stage.newConnector(gateway, { env: { REFRESH: "10m" } });
        await waitFor("the call", () => bodies().includes(String(before)));
        await recreateTopic();
        await stage.send(topic, numbers(before + 6, 1_000));
        end();
        const wanted = numbers(before + 6, 1_000);
        await waitFor("the new messages", () => wanted.every((value) => bodies().includes(value)), 20_000);
        await committed(String(before + 6));
      });
    });
  });
});
