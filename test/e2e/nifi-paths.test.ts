// needs: java nifi
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { documents, type Hit, hasDocument } from "../support/elasticsearch/documents.ts";
import { postForms } from "../support/functions/post-forms.ts";
import { rejectableTweets } from "../support/functions/rejectable-tweets.ts";
import { hasMaven } from "../support/java/maven.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { makeSecretsFolder, type SecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { hasNifi } from "../support/nifi/nifi.ts";
import { type NifiStage, postTweets, startNifiStage } from "../support/nifi/nifi-stage.ts";
import { refusedLetters, selectLetters, summarize } from "../support/nifi/refused-letters.ts";
import { requireService } from "../support/require-service.ts";
import { type StartedTraceReceiver, startTraceReceiver } from "../support/telemetry/trace-receiver.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(3 * 60_000);

const flows = ["twitter-sentiment", "tweet-enrich"] as const;
const lines = "application/x-ndjson";
/** "Within seconds", on a busy machine. */
const seconds = 20_000;

requireService("NiFi, Maven and Java", hasNifi() && hasMaven(), () => {
  let stage: NifiStage;
  let secrets: SecretsFolder;
  let traces: StartedTraceReceiver;

  beforeAll(async () => {
    secrets = makeSecretsFolder({ "hmac-key": "correct horse", "function-token": "battery-staple" });
    traces = await startTraceReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, OTEL_BSP_SCHEDULE_DELAY: "200" };
    stage = await startNifiStage({ secrets: secrets.path, env });
  }, 8 * 60_000);
  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]();
    await traces?.[Symbol.asyncDispose]();
    secrets?.[Symbol.dispose]();
  });

  const post = (flow: (typeof flows)[number], body: string) =>
    postTweets(stage.listeners[flow], lines, `${body}\n`);
  const isStored = (id: string, milliseconds = seconds) =>
    waitFor(
      `document ${id}`,
      () => hasDocument(stage.elasticsearch.url, id).catch(() => false),
      milliseconds,
    );
  const seen = new Set<string>();
  /** The dead letters that were written since the last call. */
  const newLetters = async () => {
    const all = await readTopic(stage.kafka.brokers, "twitter.dead-letter");
    const byPosition = new Map(all.map((letter) => [`${letter.partition}/${letter.offset}`, letter]));
    const newEntries = [...byPosition].filter(([position]) => !seen.has(position));
    for (const [position] of newEntries) seen.add(position);
    return newEntries.map(([, letter]) => letter);
  };
  const elasticsearch = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${stage.elasticsearch.url}/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, expect.any(String)]);
  };

  function tweet(id: string, changes: object = {}): string {
    const user = { screen_name: "ada", name: "Ada" };
    const created_at = "Thu Nov 01 00:00:01 +0000 2018";
    return JSON.stringify({ id_str: id, created_at, text: "People are kind", user, ...changes });
  }

  it("does not read the topic before CONSUMER_GROUP is set, and reports that", async () => {
    const off = "  off: Topic consumer (CONSUMER_GROUP is not set)\n";
    expect(await stage.command(["deploy"])).toContain(off);
    expect(await stage.command(["status"])).toContain(off);
    await post("twitter-sentiment", tweet("before"));
    const admin = kafkaClient(stage.kafka.brokers).admin();
    await admin.connect();
    expect((await admin.listGroups()).groups).toEqual([]);
    await admin.disconnect();
  });

  it("waits for functions that are not deployed yet, then for their token, and stores all tweets", async () => {
    const notDeployed = {
      CONSUMER_GROUP: "nifi",
      ENRICH_URL: `${stage.gateway.url}/function/later`,
      SENTIMENT_URL: `${stage.gateway.url}/function/later`,
    };
    await stage.command(["deploy", ...flows], notDeployed);
    for (const flow of flows) await post(flow, tweet(`404 ${flow}`));
    await waitFor("three tweets that wait", async () => (await stage.queued()) === 3);
    await stage.command(["deploy", ...flows]);
    for (const flow of flows) await post(flow, tweet(`401 ${flow}`));
    await waitFor("five tweets that wait", async () => (await stage.queued()) === 5);

    const token = { FUNCTION_TOKEN_FILE: join(secrets.path, "function-token") };
    expect(await stage.command(["deploy", ...flows], token)).not.toContain("battery-staple");
    for (const id of ["before", ...flows.flatMap((flow) => [`404 ${flow}`, `401 ${flow}`])])
      await isStored(id, 60_000);
    await stage.settled();
    expect(await newLetters()).toEqual([]);
  });

  it("passes the trace of a message on to the functions, and to its dead letter", async () => {
    const newTrace = () => randomBytes(16).toString("hex");
    const headers = (trace: string) => ({ traceparent: `00-${trace}-${randomBytes(8).toString("hex")}-01` });
    const [stored, refused, posted] = [newTrace(), newTrace(), newTrace()];
    const producer = kafkaClient(stage.kafka.brokers).producer();
    await producer.connect();
    await producer.send({
      topic: "twitter",
      messages: [
        { value: tweet("traced"), headers: headers(stored) },
        { value: tweet("refused", { text: " " }), headers: headers(refused) },
      ],
    });
    await producer.disconnect();
    await fetch(stage.listeners["tweet-enrich"], {
      method: "POST",
      headers: { "content-type": lines, ...headers(posted) },
      body: tweet("posted"),
    });

    const servers = (trace: string) =>
      new Set(traces.trace(trace).flatMap(({ kind, service }) => (kind === "server" ? [service] : [])));
    const reach = (trace: string, ...services: string[]) =>
      waitFor(
        `spans of ${services}`,
        () => services.every((service) => servers(trace).has(service)),
        seconds,
      );
    await reach(stored, "tweet-enrich", "sentiment");
    await reach(posted, "tweet-enrich");
    await stage.settled();
    const [letter] = await newLetters();
    expect(letter?.headers.traceparent).toContain(refused);
  });

  it("stores the tweet after each refused one within seconds, and writes a dead letter with the reason", async () => {
    const throughFlow = async (flow: (typeof flows)[number]) => {
      for (const [number, { line }] of rejectableTweets.entries()) {
        await post(flow, line);
        await post(flow, tweet(`${flow} ${number}`));
        await isStored(`${flow} ${number}`);
      }
    };
    await Promise.all(flows.map(throughFlow));
    await stage.settled();
    const deadLetters = await newLetters();
    for (const flow of flows)
      expect(summarize(selectLetters(flow, deadLetters))).toEqual(refusedLetters(flow));
    for (const { headers } of deadLetters) {
      expect(headers["dead-letter-status"]).toMatch(/^4\d\d$/);
      expect(headers["dead-letter-reason"]).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it("writes a dead letter for a tweet that the index's mapping refuses, and stores its neighbours", async () => {
    await elasticsearch("PUT", "sentiment-2018-09", {
      mappings: { properties: { "twitter.user": { type: "integer" } } },
    });
    const refused = { created_at: "Sat Sep 01 00:00:01 +0000 2018" };
    for (const flow of flows)
      await post(
        flow,
        [tweet(`one ${flow}`), tweet(`refused ${flow}`, refused), tweet(`two ${flow}`)].join("\n"),
      );
    for (const flow of flows) for (const id of [`one ${flow}`, `two ${flow}`]) await isStored(id);
    await stage.settled();
    const deadLetters = await newLetters();
    expect(deadLetters.map(({ headers }) => headers["dead-letter-function"]).sort()).toEqual([
      "nifi",
      "tweet-enrich",
    ]);
    for (const { headers, value } of deadLetters) {
      expect(headers).toMatchObject({
        "dead-letter-code": "document_refused",
        "dead-letter-reason": expect.stringMatching(/parsing_exception/),
      });
      expect(value).toContain("refused");
    }
  });

  it.each([
    [
      "is full",
      () =>
        elasticsearch("PUT", "sentiment-2018-12/_settings", { "index.blocks.read_only_allow_delete": true }),
      () =>
        elasticsearch("PUT", "sentiment-2018-12/_settings", { "index.blocks.read_only_allow_delete": null }),
    ],
    [
      "is closed",
      () => elasticsearch("POST", "sentiment-2018-12/_close"),
      () => elasticsearch("POST", "sentiment-2018-12/_open"),
    ],
  ])(
    "keeps a tweet whose index %s until it is stored, and stores the next one within seconds",
    async (what, begin, end) => {
      const december = { created_at: "Sat Dec 01 00:00:01 +0000 2018" };
      await post("twitter-sentiment", tweet(`first ${what}`, december)); // creates the index
      await isStored(`first ${what}`);
      await begin();
      try {
        for (const flow of flows) {
          await post(flow, tweet(`waits ${what} ${flow}`, december));
          for (const number of [1, 2]) {
            await post(flow, tweet(`next ${what} ${flow} ${number}`));
            await isStored(`next ${what} ${flow} ${number}`);
          }
        }
        // NiFi removes a stored tweet from its queue shortly after Elasticsearch has it.
        await waitFor("nothing queued but the two", async () => (await stage.queued()) === 2);
      } finally {
        await end();
      }
      for (const flow of flows) await isStored(`waits ${what} ${flow}`, 60_000);
      await stage.settled();
      expect(await newLetters()).toEqual([]);
    },
  );

  it("refuses lines with one that is too large with 413, and accepts none of them", async () => {
    const large = tweet("large", { text: "kind ".repeat(600_000) });
    const answer = await fetch(stage.listeners["twitter-sentiment"], {
      method: "POST",
      headers: { "content-type": lines },
      body: [tweet("beside 1"), large, tweet("beside 2")].join("\n"),
    });
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { status: 413, code: "body_too_large", detail: expect.stringMatching(/1 MB/) },
    ]);
    const messages = await readTopic(stage.kafka.brokers, "twitter");
    expect(messages.filter(({ value }) => value?.includes("beside"))).toEqual([]);
  });

  it("truncates a dead letter to Kafka's size limit", async () => {
    const large = tweet("large", { text: "kind ".repeat(600_000) });
    await post("tweet-enrich", [tweet("near 1"), large, tweet("near 2")].join("\n"));
    for (const id of ["near 1", "near 2"]) await isStored(id);
    await stage.settled();
    const [letter, ...others] = await newLetters();
    expect(others).toEqual([]);
    expect(letter!.value).toBe(large.slice(0, 1_000_000));
    expect(letter!.headers).toMatchObject({
      "dead-letter-code": "text_too_long",
      "dead-letter-value-bytes": String(large.length),
    });
  });

  it("stores the valid items of an array, and writes a dead letter with the position of each other item", async () => {
    const messages = new Map<string, string>();
    for (const flow of flows) {
      const items = [tweet(`item 0 ${flow}`), "7", tweet(`item 2 ${flow}`), tweet("item 3", { text: " " })];
      messages.set(flow, `[${items.join(",")}]`);
      await post(flow, messages.get(flow)!);
    }
    for (const flow of flows) for (const index of [0, 2]) await isStored(`item ${index} ${flow}`);
    await stage.settled();
    const deadLetters = await newLetters();
    for (const flow of flows) {
      const reasons = selectLetters(flow, deadLetters).map(({ headers, value }) => [
        headers["dead-letter-item"],
        headers["dead-letter-code"],
        value,
      ]);
      expect(reasons.sort()).toEqual([
        ["1", "not_a_tweet", messages.get(flow)],
        ["3", "empty_text", messages.get(flow)],
      ]);
    }
  });

  it("drops notices of a stream without a document or a dead letter", async () => {
    for (const flow of flows)
      for (const notice of ['{"delete":{"status":{"id":1,"id_str":"1"}}}', '{"limit":{"track":5}}'])
        await post(flow, notice);
    await stage.settled();
    expect(await newLetters()).toEqual([]);
  });

  it("keeps the newest version of an edited post, in whichever order the versions arrive", async () => {
    const status = (flow: string, hour: number, edited: boolean) =>
      JSON.stringify({
        id: "1",
        uri: `https://social.example/${flow}`,
        created_at: "2018-10-10T01:00:00.000Z",
        edited_at: edited ? `2018-10-10T0${hour}:00:00.000Z` : null,
        content: `<p>Written at ${hour}</p>`,
        account: { acct: "ada", display_name: "Ada" },
      });
    for (const flow of flows)
      for (const [hour, edited] of [
        [2, true],
        [3, true],
        [1, false],
      ] as const) {
        await post(flow, status(flow, hour, edited));
        await stage.settled();
      }
    const stored = await documentsById();
    for (const flow of flows)
      expect(stored.get(`https://social.example/${flow}`)).toMatchObject({
        source: { "twitter.msg": "Written at 3" },
      });
  });

  it("stores the same documents by both flows, for every form of post", async () => {
    const stored: Record<string, Map<string, unknown>> = {};
    for (const flow of flows) {
      await elasticsearch("DELETE", await indexNames());
      for (const { message } of postForms) await post(flow, JSON.stringify(message));
      await stage.settled();
      stored[flow] = await documentsById();
    }
    expect(stored["twitter-sentiment"]).toEqual(stored["tweet-enrich"]);
    const ids = postForms.flatMap((form) => form.ids);
    expect(stored["tweet-enrich"]!.size).toBe(ids.length);
    expect([...stored["tweet-enrich"]!.keys()]).toEqual(
      expect.arrayContaining(ids.filter((id) => id !== undefined)),
    );
  });

  async function indexNames(): Promise<string> {
    const answer = await fetch(`${stage.elasticsearch.url}/_cat/indices/sentiment-*?h=index`);
    return (await answer.text()).trim().split(/\s+/).join(",");
  }

  async function documentsById(): Promise<Map<string, unknown>> {
    await elasticsearch("POST", "sentiment-*/_refresh");
    const values = new Map<string, unknown>();
    for await (const { _id, _index, _source } of documents(stage.elasticsearch.url)) {
      const {
        Date: date,
        "X-Start-Time": start,
        "X-Duration-Seconds": duration,
        "Content-Length": length,
        ...source
      }: Hit["_source"] = _source;
      expect([date, start]).toEqual([expect.any(String), expect.any(Number)]);
      values.set(_id, { _index, source });
    }
    return values;
  }
});
