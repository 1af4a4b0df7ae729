// needs: java
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  hasElasticsearch,
  type StartedElasticsearch,
  startElasticsearch,
} from "../support/elasticsearch/elasticsearch.ts";
import { externalElasticsearch } from "../support/external-services.ts";
import { startListener } from "../support/http/listener.ts";
import { hasMaven } from "../support/java/maven.ts";
import { run } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { describeElasticsearchCluster } from "./elasticsearch-cluster.ts";

const folder = join(root, "deploy", "base", "elasticsearch");
const readySh = join(folder, "ready.sh");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

const minute = 60_000;
jest.setTimeout(minute);

/** The job's script. */
const putTemplates = (url: string, env: Record<string, string> = {}) =>
  run("sh", [join(folder, "put-templates.sh")], { env: { ELASTICSEARCH_URL: url, ...env } });

/** A document as tweet-enrich writes it. */
const document = {
  "twitter.created_at": "Wed Oct 10 20:19:24 +0000 2018",
  "twitter.handle": "ada",
  "twitter.msg": "Kubernetes is easy",
  "twitter.user": "Ada",
  polarity: 0.4333333333333333,
  subjectivity: 0.8333333333333334,
  sentence_count: 1,
  Date: "Wed, 10 Oct 2018 20:19:25 GMT",
  "X-Start-Time": 1_539_202_765_123,
};

describe("put-templates.sh", () => {
  it("fails with a message if Elasticsearch does not answer", async () => {
    const { code, stderr } = await putTemplates("http://127.0.0.1:1", { TRIES: "1" });
    expect(code).toBe(1);
    expect(stderr).toContain("giving up: Elasticsearch is not there, or not healthy (status 000)");
  });

  it("puts the lifecycle before the template, on a fake with lifecycle management", async () => {
    const puts: [path: string | undefined, body: unknown][] = [];
    await using fake = await startListener(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      if (request.method === "PUT") puts.push([request.url, JSON.parse(body)]);
      response.end("{}");
    });
    const { code, stdout } = await putTemplates(fake.url);
    expect([code, stdout.trim().split("\n")]).toEqual([
      0,
      [
        "put _ilm/policy/sentiment",
        "put _component_template/sentiment-lifecycle",
        "put _component_template/sentiment-shards",
        "put _index_template/sentiment",
      ],
    ]);
    expect(puts).toEqual([
      [
        "/_ilm/policy/sentiment",
        { policy: { phases: { delete: { min_age: "400d", actions: { delete: {} } } } } },
      ],
      [
        "/_component_template/sentiment-lifecycle",
        { template: { settings: { "index.lifecycle.name": "sentiment" } } },
      ],
      ["/_component_template/sentiment-shards", JSON.parse(read("sentiment-shards.json"))],
      ["/_index_template/sentiment", JSON.parse(read("sentiment-index-template.json"))],
    ]);
  });

  it.each([
    ["/_ilm/status", "Elasticsearch does not say whether it has lifecycle management (status 403): denied"],
    ["/_index_template/sentiment", "Elasticsearch refused _index_template/sentiment with 403: denied"],
  ])("fails with a message if a fake refuses %s", async (path, sentence) => {
    await using fake = await startListener((request, response) => {
      request.resume();
      const refused = request.url === path;
      response.writeHead(refused ? 403 : 200).end(refused ? "denied" : "{}");
    });
    const { code, stderr } = await putTemplates(fake.url);
    expect([code, stderr.trim()]).toEqual([1, sentence]);
  });
});

describe("ready.sh", () => {
  const healthy = {
    status: "yellow",
    initializing_shards: 0,
    delayed_unassigned_shards: 0,
    number_of_in_flight_fetch: 0,
  };
  let marks: string;
  beforeEach(() => {
    marks = mkdtempSync(join(tmpdir(), "ready-"));
  });
  afterEach(() => rmSync(marks, { recursive: true }));
  const startFake = () => {
    const answer = { status: 200, health: healthy as object };
    return startListener((request, response) => {
      request.resume();
      response.writeHead(answer.status).end(JSON.stringify(answer.health));
    }).then((fake) => Object.assign(fake, { answer }));
  };
  const probe = async (url: string) => {
    const env = { ELASTICSEARCH_URL: url, TMPDIR: marks };
    return (await run("sh", [readySh], { env })).code;
  };

  it.each([
    { status: "red" },
    { initializing_shards: 10 },
    { delayed_unassigned_shards: 3 },
    { number_of_in_flight_fetch: 1 },
  ])("waits after a start while shards recover: %j", async (part) => {
    await using fake = await startFake();
    fake.answer.health = { ...healthy, ...part };
    expect(await probe(fake.url)).toBe(1);
    fake.answer.health = healthy;
    expect(await probe(fake.url)).toBe(0);
    fake.answer.health = { ...healthy, ...part };
    expect(await probe(fake.url)).toBe(0);
  });

  it("waits at most 30 minutes for shards, and always for a master", async () => {
    await using fake = await startFake();
    fake.answer.health = { ...healthy, status: "red" };
    expect(await probe(fake.url)).toBe(1);
    const [mark] = readdirSync(marks);
    const earlier = new Date(Date.now() - 32 * minute);
    utimesSync(join(marks, mark!), earlier, earlier);
    fake.answer.status = 503;
    expect(await probe(fake.url)).not.toBe(0);
    fake.answer.status = 200;
    expect(await probe(fake.url)).toBe(0);
  });
});

/** The first lines of put-templates.sh: the build for tests has no lifecycle management, the official one has. */
const lifecycleLines =
  externalElasticsearch() === undefined
    ? ["no lifecycle: this Elasticsearch has no lifecycle management"]
    : ["put _ilm/policy/sentiment", "put _component_template/sentiment-lifecycle"];

requireService("Maven and Java", hasMaven(), describeElasticsearchCluster);

requireService("Elasticsearch (ELASTICSEARCH_URL, or Maven and Java)", hasElasticsearch(), () => {
  describe("the templates on a real Elasticsearch", () => {
    let elasticsearch: StartedElasticsearch;
    const outputs: string[] = [];
    beforeAll(async () => {
      elasticsearch = await startElasticsearch(
        externalElasticsearch() === undefined ? { settings: { "node.store.allow_mmap": "false" } } : {},
      );
      for (const _ of ["the first time", "again"]) {
        const { code, stdout, stderr } = await putTemplates(elasticsearch.url);
        if (code !== 0) throw new Error(stderr);
        outputs.push(stdout, await (await call("GET", "_index_template/sentiment")).text());
      }
    }, 5 * minute);
    afterAll(() => elasticsearch?.[Symbol.asyncDispose](), minute);

    const call = (method: string, path: string, body?: unknown) =>
      fetch(`${elasticsearch.url}/${path}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
    const answer = async (method: string, path: string, body?: unknown) => {
      const response = await call(method, path, body);
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${text}`);
      return JSON.parse(text);
    };
    /** Indexes documents, and returns the types of the errors. */
    const bulk = async (indexName: string, documents: readonly object[]): Promise<(string | undefined)[]> => {
      const lines = documents.map((source) => `{"index":{}}\n${JSON.stringify(source)}\n`).join("");
      const { items } = await answer("POST", `${indexName}/_bulk?refresh=true`, lines);
      return items.map(({ index }: { index: { error?: { type: string } } }) => index.error?.type);
    };
    const histogram = async () => {
      const { aggregations, hits } = await answer(
        "POST",
        "sentiment-*/_search",
        read("polarity-histogram.json"),
      );
      const buckets: { key: number; doc_count: number }[] = aggregations.polarity.buckets;
      return { hits: hits.hits.length, buckets: buckets.map(({ key, doc_count }) => [key, doc_count]) };
    };

    it("are put again with the same result, and the script reports whether there is lifecycle management", () => {
      const [output, template, again, templateAgain] = outputs;
      expect(output?.trim().split("\n")).toEqual([
        ...lifecycleLines,
        "put _component_template/sentiment-shards",
        "put _index_template/sentiment",
      ]);
      expect([again, templateAgain]).toEqual([output, template]);
    });

    it("give the index of a month one shard, and each field its type", async () => {
      await answer("PUT", "sentiment-2018-10");
      const { "sentiment-2018-10": index } = await answer("GET", "sentiment-2018-10");
      expect(index.settings.index).toMatchObject({ number_of_shards: "1", number_of_replicas: "0" });
      expect(index.mappings.properties).toEqual({
        polarity: { type: "float" },
        subjectivity: { type: "float" },
        sentence_count: { type: "integer" },
        "Content-Length": { type: "integer" },
        "X-Start-Time": { type: "date", format: "epoch_millis" },
        "X-Duration-Seconds": { type: "float" },
        Date: { type: "date", format: "EEE, dd MMM yyyy HH:mm:ss z" },
        twitter: {
          properties: {
            created_at: { type: "date", format: "EEE MMM dd HH:mm:ss Z yyyy" },
            handle: { type: "keyword" },
            user: { type: "keyword" },
            msg: { type: "text" },
          },
        },
      });
    });

    it("accept a document of tweet-enrich with nulls for missing fields, and add no field for it", async () => {
      const unknown = { "twitter.created_at": null, "twitter.handle": null, "twitter.user": null };
      const { "X-Start-Time": _, ...withoutStart } = document;
      const before = await answer("GET", "sentiment-2018-10/_mapping");
      expect(await bulk("sentiment-2018-10", [document, { ...withoutStart, ...unknown }])).toEqual([
        undefined,
        undefined,
      ]);
      expect(await answer("GET", "sentiment-2018-10/_mapping")).toEqual(before);
    });

    it("parse the dates of every month and weekday correctly", async () => {
      const months = Array.from({ length: 12 }, (_, month) => month);
      const times = months.flatMap((month) =>
        [1, 2, 3, 4, 5, 6, 7].map((day) => Date.UTC(2020, month, day, 23, 59, 58)),
      );
      const documents = times.map((time) => {
        const text = new Date(time).toUTCString();
        const [, weekday, day, month, year, clock] = /(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(text)!;
        return {
          ...document,
          Date: text,
          "twitter.created_at": `${weekday} ${month} ${day} ${clock} +0000 ${year}`,
          "X-Start-Time": time,
        };
      });
      expect(await bulk("sentiment-2020-01", documents)).toEqual(times.map(() => undefined));
      const fields = ["Date", "twitter.created_at", "X-Start-Time"];
      const { hits } = await answer("POST", "sentiment-2020-01/_search", {
        size: times.length,
        sort: [{ "X-Start-Time": "asc" }],
        docvalue_fields: fields.map((field) => ({ field, format: "epoch_millis" })),
      });
      const storedTimes = hits.hits.map(({ fields: values }: { fields: Record<string, string[]> }) =>
        fields.map((field) => Number(values[field]?.[0])),
      );
      expect(storedTimes).toEqual(times.map((time) => [time, time, time]));
    });

    it("parse the years 1 to 9999, which authors write into sentiment-undated", async () => {
      const years = [1, 999, 1969, 9999];
      const created = (year: number) => {
        const time = new Date(`${String(year).padStart(4, "0")}-06-15T12:00:00Z`);
        const [, weekday, day, month, text, clock] = /(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(
          time.toUTCString(),
        )!;
        return { time, text: `${weekday} ${month} ${day} ${clock} +0000 ${text}` };
      };
      const dates = years.map(created);
      const documents = dates.map(({ text }) => ({ ...document, "twitter.created_at": text }));
      expect(await bulk("sentiment-undated", documents)).toEqual(years.map(() => undefined));
      for (const { time } of dates) {
        const range = { gte: time.getTime(), lte: time.getTime(), format: "epoch_millis" };
        const counted = await answer("POST", "sentiment-*/_count", {
          query: { range: { "twitter.created_at": range } },
        });
        expect([time, counted.count]).toEqual([time, 1]);
      }
    });

    it("refuse values that are no number or date", async () => {
      for (const wrong of [{ polarity: "high" }, { Date: "2018-10-10" }, { "twitter.created_at": "" }]) {
        const response = await call("POST", "sentiment-2018-10/_doc", { ...document, ...wrong });
        expect([wrong, response.status]).toEqual([wrong, 400]);
        expect(await response.json()).toMatchObject({ error: { type: "document_parsing_exception" } });
      }
    });

    it("count the last hour's polarities with polarity-histogram.json, as in the book", async () => {
      const empty = [-1, -0.5, 0, 0.5, 1].map((key) => [key, 0]);
      expect(await histogram()).toEqual({ hits: 0, buckets: empty });
      const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * minute).toUTCString();
      const scored = (time: string) => (polarity: number) => ({ ...document, polarity, Date: time });
      const recent = [-1, -0.75, -0.5, -0.1, 0, 0, 0.25, 0.49, 0.5, 0.9, 1].map(scored(minutesAgo(1)));
      const almostAnHour = [-1, 1].map(scored(minutesAgo(58)));
      const older = [-1, 0, 0.5, 1].map(scored(minutesAgo(62)));
      await bulk("sentiment-2018-10", [...recent, ...older]);
      await bulk("sentiment-2018-11", almostAnHour);
      expect(await histogram()).toEqual({
        hits: 0,
        buckets: [
          [-1, 3],
          [-0.5, 2],
          [0, 4],
          [0.5, 2],
          [1, 2],
        ],
      });
    });

    it("interpret an X-Start-Time in nanoseconds as a date far in the future, which is why it must be in milliseconds", async () => {
      await answer("PUT", "sentiment-2018-12/_doc/1?refresh=true", {
        "X-Start-Time": document["X-Start-Time"] * 1_000_000,
      });
      const later = { range: { "X-Start-Time": { gt: Date.UTC(200_000) } } };
      expect(await answer("POST", "sentiment-*/_count", { query: later })).toMatchObject({ count: 1 });
    });

    it("have no null_value, because Elasticsearch refuses the book's", async () => {
      const created = { type: "date", format: "EEE MMM dd HH:mm:ss Z yyyy", null_value: "" };
      const response = await call("PUT", "book", { mappings: { properties: { created } } });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("null_value");
    });
  });
});
