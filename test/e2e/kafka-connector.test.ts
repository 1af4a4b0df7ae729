// needs: java
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSignedBy } from "@platform/shared/auth/hmac";
import { mountSecret } from "@platform/shared/testing/mounted-secret";
import type { FakeGateway } from "../support/gateway/fake-gateway.ts";
import { startGateway } from "../support/gateway/gateway.ts";
import { type ConnectorStage, startConnectorStage } from "../support/kafka/connector-stage.ts";
import { createTopic } from "../support/kafka/create-topic.ts";
import { hasKafka } from "../support/kafka/kafka.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { makeSecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { run } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String(from + index));
const ndjson = "application/x-ndjson";
const createErrorEntry = (index: number) =>
  JSON.stringify({ index, error: { status: 422, code: "not_good", detail: "It is not good." } });

requireService("Kafka (KAFKA_BROKERS, or Maven and Java)", hasKafka(), () => {
  let stage: ConnectorStage;
  let gateway: FakeGateway;

  beforeAll(async () => {
    stage = await startConnectorStage();
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    gateway = await stage.newGateway();
  });
  afterEach(() => stage.clear());

  const isReady = async (connector: { url: string }) => (await fetch(`${connector.url}/readyz`)).ok;
  const bodies = () => gateway.calls.map(({ body }) => body);
  const lines = () => bodies().flatMap((body) => body.split("\n").filter((line) => line !== ""));
  const calls = (count: number) =>
    waitFor(`${count} calls`, () => gateway.calls.length >= count && gateway.calls, 20_000);

  describe("subscriptions of functions", () => {
    it("sends each message of the annotated topics, in the order of each partition", async () => {
      const [first, second] = [await stage.newTopic(3), await stage.newTopic()];
      gateway.functions.set("f", { annotations: { topic: `${first}, ${second}` } });
      for (const partition of [0, 1, 2]) await stage.send(first, numbers(10, 100 * partition), partition);
      await stage.send(second, ['{"a":1}']);
      await stage.newConnector(gateway);
      await calls(31);
      for (const partition of [0, 1, 2]) {
        const own = gateway.calls.filter(({ headers }) => headers["x-topic"] === first);
        expect(own.filter((call) => call.partition === partition).map(({ body }) => body)).toEqual(
          numbers(10, 100 * partition),
        );
      }
      expect(gateway.calls.find(({ headers }) => headers["x-topic"] === second)).toMatchObject({
        functionName: "f",
        body: '{"a":1}',
        headers: {
          "content-type": "application/json",
          "x-connector": "kafka-connector",
          "x-kafka-partition": "0",
          "x-kafka-offset": "0",
          "x-kafka-timestamps": String(stage.firstTimestamp),
        },
      });
      await waitFor("commits", async () => (await stage.committed("f", first)).join() === "10,10,10");
    });

    it("uses basic auth for the gateway, retries after a refusal, and reads a new password", async () => {
      const [topic, later] = [await stage.newTopic(), await stage.newTopic()];
      await stage.send(topic, ["1"]);
      gateway.credentials = "admin:right";
      gateway.functions.set("auth", { annotations: { topic } });
      using auth = makeSecretsFolder({ "basic-auth-user": "admin", "basic-auth-password": "wrong" });
      const connector = await stage.newConnector(gateway, {
        until: "healthz",
        env: { BASIC_AUTH_DIR: auth.path },
      });
      await waitFor("some tries", () => gateway.lists > 2);
      expect(await isReady(connector)).toBe(false);
      auth.write("basic-auth-password", "right");
      await waitFor("ready", () => isReady(connector));
      const [call] = await calls(1);
      // A gateway forwards headers to functions.
      expect(call!.headers.authorization).toBeUndefined();
      gateway.credentials = "admin:next";
      gateway.functions.set("later", { annotations: { topic: later } });
      await stage.send(later, ["2"]);
      auth.write("basic-auth-password", "next");
      await calls(2);
      expect(connector.output()).not.toMatch(/wrong|right|next|YWRtaW46/);
    });

    it("uses ROUTES instead of the annotations, and BATCH_SIZE", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, numbers(5));
      gateway.functions.set("one", { annotations: { topic: "not-this" } });
      gateway.functions.set("two", {});
      await stage.newConnector(gateway, {
        env: { ROUTES: `${topic}=one,${topic}=two`, BATCH_SIZE: "10", GROUP_PREFIX: topic },
      });
      await waitFor("all", () => lines().length === 10);
      expect(new Set(gateway.calls.map(({ functionName }) => functionName))).toEqual(new Set(["one", "two"]));
      expect(gateway.lists).toBe(0);
    });

    it("follows added, changed and removed functions", async () => {
      const [first, second] = [await stage.newTopic(), await stage.newTopic()];
      const connector = await stage.newConnector(gateway);
      gateway.functions.set("comes", { annotations: { topic: first } });
      await stage.send(first, ["1"]);
      await calls(1);
      gateway.functions.set("comes", { annotations: { topic: `${first},${second}` } });
      await stage.send(second, ["2"]);
      await calls(2);
      gateway.functions.delete("comes");
      await waitFor("an empty group", async () => {
        const { groups } = await stage.admin.describeGroups(["kafka-connector-comes"]);
        return groups[0]!.state === "Empty";
      });
      await stage.send(first, ["3"]);
      await waitFor("ready", () => isReady(connector));
      expect(bodies()).toEqual(["1", "2"]);
      gateway.functions.set("comes", { annotations: { topic: first } });
      await calls(3);
      expect(bodies()).toEqual(["1", "2", "3"]);
    });

    it("subscribes a function as soon as a missing topic exists", async () => {
      const [existing, missing] = [await stage.newTopic(), stage.newName()];
      gateway.functions.set("waits", { annotations: { topic: `${existing},${missing}` } });
      const connector = await stage.newConnector(gateway);
      await stage.send(existing, ["1"]);
      await calls(1);
      expect(connector.output().match(/topics_missing/g)).toHaveLength(1);
      await createTopic(stage.admin, missing);
      await stage.send(missing, ["2"]);
      await calls(2);
      expect(bodies()).toEqual(["1", "2"]);
    });

    it("calls a function behind the local gateway, as its stack file says", async () => {
      const topic = await stage.newTopic();
      const folder = mkdtempSync(join(tmpdir(), "connector-"));
      const log = join(folder, "log");
      writeFileSync(
        join(folder, "handler.js"),
        `module.exports = async ({ headers, body }, context) => {
          require("node:fs").appendFileSync(${JSON.stringify(log)}, headers["x-topic"] + " " + body);
          return context.status(200).succeed("");
        };`,
      );
      const definition = {
        handler: folder,
        environment: { RAW_BODY: "true" },
        annotations: { topic, "kafka-batch-size": "3" },
      };
      writeFileSync(join(folder, "stack.yml"), JSON.stringify({ functions: { local: definition } }));
      try {
        await using local = await startGateway({
          env: { STACK: join(folder, "stack.yml"), GETH_RPC_ENDPOINT: "http://127.0.0.1:1" },
        });
        await stage.send(topic, numbers(4));
        await using _connector = await stage.newConnector(local);
        await waitFor("commit", async () => (await stage.committed("local", topic))[0] === 4);
        expect(readFileSync(log, "utf8")).toBe(`${topic} 0\n1\n2\n${topic} 3\n`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  describe("requests to functions", () => {
    const batches = (topic: string) => ({ topic, "kafka-batch-size": "100" });

    it("sends a batch as NDJSON, and a message that does not fit on one line on its own", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, ["1", '{\n "a": "é"\n}', "two\nlines", null, "text", "3"]);
      gateway.functions.set("lines", { annotations: batches(topic) });
      await stage.newConnector(gateway);
      await calls(4);
      expect(gateway.calls.map(({ body, headers }) => [headers["content-type"], body])).toEqual([
        [ndjson, '1\n{  "a": "é" }\n'],
        ["text/plain", "two\nlines"],
        ["text/plain", ""],
        [ndjson, "text\n3\n"],
      ]);
      expect(gateway.calls.map(({ headers }) => headers["x-kafka-timestamps"])).toEqual([
        `${stage.firstTimestamp},1`,
        `${stage.firstTimestamp + 2}`,
        `${stage.firstTimestamp + 3}`,
        `${stage.firstTimestamp + 4},1`,
      ]);
    });

    it("sends bytes that are not UTF-8, and messages larger than a batch, unchanged", async () => {
      const topic = await stage.newTopic();
      const bytes = Buffer.from([0x7b, 0xff, 0x00, 0xfe, 0x7d]);
      const large = JSON.stringify("x".repeat(900_000));
      await stage.send(topic, [bytes, large, "3"]);
      gateway.functions.set("bytes", { annotations: batches(topic) });
      await stage.newConnector(gateway, { env: { BATCH_BYTES: "1000" } });
      await calls(3);
      expect(gateway.calls.map((call) => call.bytes.length)).toEqual([6, large.length + 1, 2]);
      expect(gateway.calls[0]!.bytes.subarray(0, 5)).toEqual(bytes);
    });

    it("keeps its headers below Node.js's limit, whatever the batch size", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, numbers(10_000));
      gateway.functions.set("many", { annotations: { topic, "kafka-batch-size": "10000" } });
      await stage.newConnector(gateway);
      await waitFor("commit", async () => (await stage.committed("many", topic))[0] === 10_000, 20_000);
      expect(lines()).toEqual(numbers(10_000));
      const steps = gateway.calls.map(({ headers }) => String(headers["x-kafka-timestamps"]));
      expect(Math.max(...steps.map(({ length }) => length))).toBeLessThanOrEqual(8_020);
      expect(steps.join().split(",")).toHaveLength(10_000);
    });

    it("signs calls with the first key of the secret, which it reads for each call", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, ["1"]);
      gateway.functions.set("signed", { annotations: { topic } });
      using secrets = mountSecret({ "hmac-key": "old\nnew\n" });
      await stage.newConnector(gateway, {
        env: { HMAC_SECRET_NAME: "hmac-key", SECRETS_DIR: secrets.path },
      });
      const signers = () =>
        gateway.calls.map(({ bytes: body, headers }) => {
          const check = { body, signature: String(headers.hmac), allowSha1: false };
          return ["old", "new"].filter((key) => isSignedBy({ ...check, keys: [key] }));
        });
      await calls(1);
      secrets.swap({ "hmac-key": "new\nold\n" });
      await stage.send(topic, ["2"]);
      await calls(2);
      expect(signers()).toEqual([["old"], ["new"]]);
    });
  });

  describe("refused messages", () => {
    const readLetters = async (topic: string) => {
      const letters = await readTopic(stage.kafka.brokers, `${topic}.dead-letter`);
      return letters.map(({ value, headers }) => ({ value, headers }));
    };

    it("writes the message of a final 4xx to the dead-letter topic, which it creates, and continues", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, ["good", "bad", "good"]);
      gateway.functions.set("refuses", {
        annotations: { topic },
        answer: ({ body }) =>
          body === "bad"
            ? { status: 422, body: '{"code":"not_good","detail":"It is not good."}' }
            : undefined,
      });
      const connector = await stage.newConnector(gateway);
      await waitFor("commit", async () => (await stage.committed("refuses", topic))[0] === 3);
      expect(await readLetters(topic)).toEqual([
        {
          value: "bad",
          headers: {
            "dead-letter-function": "refuses",
            "dead-letter-status": "422",
            "dead-letter-code": "not_good",
            "dead-letter-reason": "It is not good.",
            "dead-letter-topic": topic,
            "dead-letter-partition": "0",
            "dead-letter-offset": "1",
            "dead-letter-timestamp": String(stage.firstTimestamp + 1),
          },
        },
      ]);
      const { resources } = await stage.admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: `${topic}.dead-letter`, configNames: ["retention.ms"] }],
      });
      expect(resources[0]!.configEntries[0]!.configValue).toBe("-1");
      expect(connector.output()).toContain('"dead_letter_written"');
    });

    it("writes only the items with an error entry there", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, numbers(4));
      gateway.functions.set("entries", {
        annotations: { topic, "kafka-batch-size": "10" },
        answer: () => ({ type: ndjson, body: `{}\n${createErrorEntry(1)}\n{}\n${createErrorEntry(3)}\n` }),
      });
      await stage.newConnector(gateway);
      await waitFor("commit", async () => (await stage.committed("entries", topic))[0] === 4);
      expect((await readLetters(topic)).map(({ value }) => value)).toEqual(["1", "3"]);
    });

    it("accepts an answer with only the errors", async () => {
      const topic = await stage.newTopic();
      await stage.send(topic, numbers(4));
      gateway.functions.set("minimal", {
        annotations: { topic, "kafka-batch-size": "10" },
        answer: () => ({
          type: ndjson,
          headers: { "preference-applied": "return=minimal" },
          body: `${createErrorEntry(2)}\n`,
        }),
      });
      await stage.newConnector(gateway);
      await waitFor("commit", async () => (await stage.committed("minimal", topic))[0] === 4);
      expect((await readLetters(topic)).map(({ value }) => value)).toEqual(["2"]);
    });

    it.each([
      [422, (body: string) => /\b(13|40)\b/.test(body), ["13", "40"]],
      [413, (body: string) => body.length > 20, []],
    ])("halves a batch that is refused with %d", async (status, isRefused, guilty) => {
      const topic = await stage.newTopic();
      await stage.send(topic, numbers(50));
      const name = `halves-${status}`;
      const taken: string[] = [];
      gateway.functions.set(name, {
        annotations: { topic, "kafka-batch-size": "100" },
        answer({ body }) {
          if (isRefused(body)) return { status };
          taken.push(...body.split("\n").filter((line) => line !== ""));
          return undefined;
        },
      });
      await stage.newConnector(gateway);
      await waitFor("commit", async () => (await stage.committed(name, topic))[0] === 50);
      expect(taken).toEqual(numbers(50).filter((value) => !guilty.includes(value)));
      if (guilty.length > 0) expect((await readLetters(topic)).map(({ value }) => value)).toEqual(guilty);
    });
  });

  it("counts messages, calls and dead letters", async () => {
    const topic = await stage.newTopic();
    let tries = 0;
    let wait = true;
    gateway.functions.set("counted", {
      annotations: { topic },
      answer({ body }) {
        if (body === "bad") return { status: 400 };
        if (body === "later" && tries++ < 2) return { status: 503 };
        return body === "last" && wait ? { status: 500 } : undefined;
      },
    });
    await stage.send(topic, ["good", "bad", "later", "last", "more"]);
    const connector = await stage.newConnector(gateway);
    const metrics = async () => (await fetch(`${connector.url}/metrics`)).text();
    await waitFor("lag", async () =>
      (await metrics()).includes(
        `kafka_connector_lag_messages{function="counted",topic="${topic}",partition="0"} 2\n`,
      ),
    );
    const text = await metrics();
    expect(text).toContain("kafka_connector_functions 1\n");
    expect(text).toContain(`kafka_connector_delivered_total{function="counted",topic="${topic}"} 2\n`);
    expect(text).toContain(
      `kafka_connector_dead_letters_total{function="counted",topic="${topic}",code="http_400"} 1\n`,
    );
    const duration = "kafka_connector_call_duration_seconds_count";
    expect(text).toContain(`${duration}{function="counted",status="200"} 2\n`);
    expect(text).toContain(`${duration}{function="counted",status="503"} 2\n`);
    expect(text).not.toContain('status="0"');
    expect(Number(/retries_total{function="counted"} (\d+)/.exec(text)?.[1])).toBeGreaterThan(2);
    wait = false;
    await waitFor("no lag", async () => /lag_messages{function="counted".*} 0\n/.test(await metrics()));
  });

  it("logs JSON", async () => {
    const connector = await stage.newConnector(gateway);
    for (const line of connector.output().trim().split("\n")) {
      expect(JSON.parse(line)).toMatchObject({ name: "kafka-connector", level: expect.any(String) });
    }
  });

  it("prints its usage, and the problems of its settings", async () => {
    const program = join(root, "packages", "kafka-connector", "dist", "main.cjs");
    const help = await run(process.execPath, [program, "--help"]);
    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining("GATEWAY_URL")]);
    const env = { KAFKA_BROKERS: "kafka", GATEWAY_URL: "", ROUTES: "", PORT: "" };
    const wrong = await run(process.execPath, [program], { env });
    expect([wrong.code, wrong.stderr.trim().split("\n").sort()]).toEqual([
      1,
      [
        "kafka-connector: GATEWAY_URL is not set",
        "kafka-connector: KAFKA_BROKERS must be host:port, several separated by commas",
      ],
    ]);
  });
});
