// needs: java
import { join } from "node:path";
import { deadLetterHeaders } from "@platform/shared/kafka/dead-letter-headers";
import type { Admin, Message, Producer } from "kafkajs";
import { documents } from "../support/elasticsearch/documents.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedStream, startStream, waitForDocuments } from "../support/kafka/stream.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { run } from "../support/process/command.ts";
import { startProgram } from "../support/process/program.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(2 * minute);

const program = join(root, "packages", "dead-letters", "dist", "main.cjs");
const outcomes = "dead-letter-outcomes";

/** Number of letters that are replayed while processes are killed. */
const count = 1_000;
const authors = 20;

describe("npm run dead-letters", () => {
  const command = (args: readonly string[], env = {}) =>
    run(process.execPath, [program, ...args], { env: { KAFKA_BROKERS: "", ...env } });

  it("refuses a wrong command line with 2, and a missing setting or service with 1", async () => {
    expect(await command(["replay"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "npm run dead-letters: replay needs a filter such as --topic, or --all\n",
    });
    expect(await command(["list"])).toMatchObject({
      code: 1,
      stderr: "npm run dead-letters: KAFKA_BROKERS is not set\n",
    });
    expect(await command(["list"], { KAFKA_BROKERS: "127.0.0.1:1" })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^npm run dead-letters: KAFKA_BROKERS: 127\.0\.0\.1:1 is out of reach or busy\. \(.*ECONNREFUSED.*\)\n$/,
      ),
    });
  });

  it("connects to the address of --via instead of the brokers' names", async () => {
    expect(
      await command(["list", "--via", "127.0.0.1:1"], { KAFKA_BROKERS: "kafka.invalid:9092" }),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining("ECONNREFUSED 127.0.0.1:1") });
  });
});

requireService("Maven and Java", hasMaven(), () => {
  let stream: StartedStream;
  let producer: Producer;
  let admin: Admin;

  beforeAll(async () => {
    stream = await startStream();
    const kafka = kafkaClient(stream.kafka.brokers);
    [producer, admin] = [kafka.producer(), kafka.admin()];
    await Promise.all([producer.connect(), admin.connect()]);
  }, 5 * minute);
  afterAll(async () => {
    await Promise.allSettled([producer?.disconnect(), admin?.disconnect()]);
    await stream?.[Symbol.asyncDispose]();
  });

  const env = () => ({ PATH: process.env.PATH, KAFKA_BROKERS: stream.kafka.brokers });
  const command = (...args: string[]) => run(process.execPath, [program, ...args], { env: env() });
  const start = (...args: string[]) =>
    startProgram({ command: [process.execPath, program, ...args], env: env() });
  const list = async (...args: string[]) => {
    const { stdout } = await command("list", "--json", ...args);
    return stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${stream.elasticsearch.url}/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(await answer.text()).not.toContain('"error"');
  };
  const written = async (topic: string) => {
    const offsets = await admin.fetchTopicOffsets(topic).catch(() => []);
    return offsets.reduce((sum, { high }) => sum + Number(high), 0);
  };

  describe("a thousand letters of a function that refused", () => {
    const index = "sentiment-2009-06";

    it("are written by the connector while the index refuses their documents", async () => {
      await ask("PUT", index, { mappings: { properties: { polarity: { type: "boolean" } } } });
      const messages: Message[] = Array.from({ length: count }, (_, number) => ({
        key: `author-${number % authors}`,
        value: JSON.stringify({ id: `t${number}`, text: "Good", created_at: "2009-06-01T00:00:00Z" }),
        headers: { number: String(number), bytes: Buffer.from([0, 255]) },
      }));
      await producer.send({ topic: "twitter", messages });
      await waitFor("the letters", async () => (await written("twitter.dead-letter")) >= count, minute);
    });

    it("are counted by code in a dry run, which writes nothing", async () => {
      expect(await command("replay", "--topic", "twitter", "--dry-run")).toEqual({
        code: 0,
        stdout: `twitter.dead-letter: 1000 letters would be replayed\n      1000  document_refused\n`,
        stderr: "",
      });
      expect(await admin.listTopics()).not.toContain(outcomes);
    });

    it("are each replayed once, although a second run takes over and is killed by SIGKILL", async () => {
      await ask("DELETE", index); // the function is corrected: the template has the right mapping
      const args = ["replay", "--topic", "twitter", "--batch-size", "20"];
      const first = start(...args);
      await waitFor("outcomes of the first run", async () => (await written(outcomes)) >= 100, minute);
      first.signal("SIGSTOP"); // like a laptop that sleeps
      const second = start(...args);
      const before = await written(outcomes);
      await waitFor("more outcomes", async () => (await written(outcomes)) >= before + 100, minute);
      second.signal("SIGKILL");
      expect(await second.ended).toBe("SIGKILL");
      first.signal("SIGCONT");
      expect(await first.ended).toBe(1);
      expect(first.output()).toMatch(
        /^npm run dead-letters: A second run for twitter\.dead-letter began and took over/m,
      );
      const { code, stderr, stdout } = await command("replay", "--topic", "twitter");
      expect([code, stderr]).toEqual([0, ""]);
      const [, replayed] = /^twitter\.dead-letter: (\d+) letters replayed$/m.exec(stdout) ?? [];
      expect(Number(replayed)).toBeGreaterThan(0);
      expect(Number(replayed)).toBeLessThan(count);
    });

    it("are in the index once, in their partitions, and in the order of each key", async () => {
      await waitForDocuments(stream, count, minute);
      for await (const { _version } of documents(stream.elasticsearch.url)) expect(_version).toBe(1);
      const all = await readTopic(stream.kafka.brokers, "twitter");
      const isReplay = ({ headers }: (typeof all)[number]) => "dead-letter-replays" in headers;
      const [originals, replays] = [all.filter((entry) => !isReplay(entry)), all.filter(isReplay)];
      const withoutOffset = ({ headers, key, partition, value }: (typeof all)[number]) => {
        const { "dead-letter-replays": _, ...own } = headers;
        return { headers: own, key, partition, value };
      };
      for (const partition of new Set(originals.map((original) => original.partition))) {
        const inPartition = (messages: typeof all) =>
          messages.filter((entry) => entry.partition === partition).map(withoutOffset);
        expect(inPartition(replays)).toEqual(inPartition(originals));
      }
      expect(replays).toHaveLength(count);
      expect(new Set(replays.map(({ headers }) => headers["dead-letter-replays"]))).toEqual(new Set(["1"]));
    });

    it("are not replayed again by another run", async () => {
      expect(await command("replay", "--topic", "twitter")).toMatchObject({
        code: 0,
        stdout: "twitter.dead-letter: 0 letters replayed\n",
      });
      const letters = await list("--topic", "twitter");
      expect(letters).toHaveLength(count);
      expect(new Set(letters.map(({ state }) => state))).toEqual(new Set(["replayed"]));
    });
  });

  describe("letters of all writers", () => {
    const topic = "orders.dead-letter";
    const source = (offset: number, of = "orders") => ({
      topic: of,
      partition: 1,
      offset,
      timestamp: 1_700_000_000_000,
    });
    const facts = { functionName: "nifi", status: 422, code: "too_long", reason: "It is long." };

    beforeAll(async () => {
      await stream.kafka.makeTopics(["orders"]);
      await stream.kafka.makeTopics([topic], 1);
      const connector = { ...facts, functionName: "orders", code: "bad" };
      await producer.send({
        topic,
        messages: [
          // As the connector writes them: the key and headers of the message, and only the item as the value.
          {
            key: "ada",
            value: '{"id":2}',
            headers: { own: "1", ...deadLetterHeaders({ ...connector, source: source(8), item: 1 }) },
          },
          {
            key: "ada",
            value: "seven",
            headers: { ...deadLetterHeaders({ ...connector, source: source(7) }) },
          },
          {
            key: "ada",
            value: "seven",
            headers: { ...deadLetterHeaders({ ...connector, functionName: "audit", source: source(7) }) },
          },
          // As NiFi's flows write them, and truncated by an older flow.
          { value: "by nifi", headers: { ...deadLetterHeaders({ ...facts, source: source(9) }) } },
          {
            value: "cut",
            headers: {
              ...deadLetterHeaders({ ...facts, source: source(10) }),
              "dead-letter-bytes": "9000000",
            },
          },
          // As tweet-enrich writes them for HTTP calls.
          {
            key: "x",
            value: "by http",
            headers: {
              ...deadLetterHeaders({ ...facts, functionName: "tweet-enrich", code: "document_refused" }),
            },
          },
          // A letter after three replays, one without its headers, and one of a deleted topic.
          {
            value: "again",
            headers: {
              "dead-letter-replays": "3",
              ...deadLetterHeaders({ ...connector, source: source(11) }),
            },
          },
          {
            value: "bare",
            headers: {
              "dead-letter-headers-omitted": "2",
              ...deadLetterHeaders({ ...connector, source: source(12) }),
            },
          },
          { value: "lost", headers: { ...deadLetterHeaders({ ...connector, source: source(13, "gone") }) } },
          { value: Buffer.from([0xff]), headers: { a: Buffer.from([0xfe]) } },
        ],
      });
    });

    it("are listed with their states and totals, by filters", async () => {
      expect(await list("--topic", topic, "--function", "nifi")).toMatchObject([
        {
          letter: `${topic}/0/3`,
          state: "waiting",
          code: "too_long",
          message: { topic: "orders", partition: 1, offset: 9 },
        },
        { letter: `${topic}/0/4`, value_bytes: 9_000_000 },
      ]);
      const states = (await list("--topic", topic, "--code", "bad")).map(({ state }) => state);
      expect(states).toEqual(["waiting", "waiting", "waiting", "exhausted", "waiting", "waiting"]);
      expect(await list("--topic", "orders")).toHaveLength(9); // without the letter of the deleted topic
      expect(await list("--topic", topic, "--until", "1h")).toEqual([]);
      expect(await list("--topic", topic, "--since", "1h")).toHaveLength(10);
      const { stdout } = await command("list", "--topic", topic);
      expect(stdout).toMatch(/^LETTER +STATE +REPLAYS +CODE +FUNCTION +MESSAGE +WRITTEN\n/);
      expect(stdout).toMatch(
        /^orders\.dead-letter\/0\/0 +waiting +0 +bad +orders +orders\/1\/8\[1\] +20\d\d-.*Z$/m,
      );
      expect(stdout).toContain("\n10 letters in all\n         6  bad\n         2  too_long\n");
    });

    it("are shown with key, headers and value, as text or base64", async () => {
      const { stdout } = await command("show", "--letter", `${topic}/0/0`, "--letter", `${topic}/0/9`);
      expect(stdout).toMatch(/^orders\.dead-letter\/0\/0\n {2}state {5}waiting\n/);
      expect(stdout).toMatch(/\n {2}key {7}ada\n {2}header {4}own: 1\n {2}value {5}\{"id":2\}\n/);
      expect(stdout).toMatch(
        /\n {2}key {7}null\n {2}header {4}a: base64 \/g==\n {2}value {5}base64 \/w==\n$/,
      );
      const { stdout: json } = await command("show", "--json", "--letter", `${topic}/0/9`);
      expect(JSON.parse(json)).toMatchObject({
        key: null,
        headers: { a: { base64: "/g==" } },
        value: { base64: "/w==" },
      });
    });

    it("are discarded one by one", async () => {
      expect(await command("discard", "--letter", `${topic}/0/9`)).toEqual({
        code: 0,
        stdout: `${topic}: 1 letter discarded\n         1  (no code)\n`,
        stderr: "",
      });
      expect(await list("--letter", `${topic}/0/9`)).toMatchObject([{ state: "discarded" }]);
    });

    it("are replayed in the order of their messages; the output has the reason for the others", async () => {
      const { code, stdout } = await command("replay", "--topic", topic);
      expect(code).toBe(3);
      expect(stdout).toBe(
        [
          `${topic}: 3 letters replayed, and 1 letter of the same messages settled with them`,
          "         2  bad",
          "         1  too_long",
          `${topic}: 1 letter not replayed: replayed too often (--max-replays)`,
          "         1  bad",
          `${topic}: 1 letter not replayed: value truncated, because the dead-letter topic has a size limit`,
          "         1  too_long",
          `${topic}: 1 letter not replayed: key and headers omitted for their size (--allow-incomplete)`,
          "         1  bad",
          `${topic}: 1 letter not replayed: no source topic in the letter (--to)`,
          "         1  document_refused",
          `${topic}: 1 letter not replayed: topic does not exist`,
          "         1  bad",
          "",
        ].join("\n"),
      );
      expect(
        (await readTopic(stream.kafka.brokers, "orders")).map(({ partition, key, value, headers }) => [
          partition,
          key,
          value,
          headers,
        ]),
      ).toEqual([
        [1, "ada", "seven", { "dead-letter-replays": "1" }],
        [1, "ada", '{"id":2}', { own: "1", "dead-letter-replays": "1" }],
        [1, undefined, "by nifi", { "dead-letter-replays": "1" }],
      ]);
    });

    it("are replayed beyond these limits by options", async () => {
      const args = ["--max-replays", "4", "--allow-incomplete", "--to", "orders"];
      const { code, stdout } = await command("replay", "--topic", "orders", ...args);
      expect([code, stdout.split("\n")[0]]).toEqual([3, `${topic}: 3 letters replayed`]);
      const values = (await readTopic(stream.kafka.brokers, "orders")).map(({ value, headers }) => [
        value,
        headers["dead-letter-replays"],
      ]);
      expect(values).toEqual(
        expect.arrayContaining([
          ["again", "4"],
          ["bare", "1"],
          ["by http", "1"],
        ]),
      );
      expect(values).toHaveLength(6);
    });

    it("stop between two transactions at SIGTERM, and continue in the next run", async () => {
      const messages = Array.from({ length: 200 }, (_, offset) => ({
        key: "k",
        value: String(offset),
        headers: { ...deadLetterHeaders({ ...facts, code: "many", source: source(1_000 + offset) }) },
      }));
      await producer.send({ topic, messages });
      const before = await written(outcomes);
      const stopped = start("replay", "--code", "many", "--batch-size", "1");
      await waitFor("outcomes", async () => (await written(outcomes)) > before + 10, minute);
      stopped.signal("SIGTERM");
      expect([await stopped.ended, stopped.output()]).toEqual([
        143,
        "npm run dead-letters: stopped by SIGTERM; run the command again to continue\n",
      ]);
      expect(await command("replay", "--code", "many")).toMatchObject({ code: 0 });
      const replayed = (await readTopic(stream.kafka.brokers, "orders")).filter(({ key }) => key === "k");
      expect(replayed.map(({ value }) => value)).toEqual(messages.map(({ value }) => value));
    });
  });
});
