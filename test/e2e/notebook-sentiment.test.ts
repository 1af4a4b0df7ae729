// needs: java python
import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { elasticsearchSecrets } from "@platform/secrets/elasticsearch";
import { kafkaSecrets } from "@platform/secrets/kafka";
import {
  hasElasticsearch,
  type StartedElasticsearch,
  startElasticsearch,
} from "../support/elasticsearch/elasticsearch.ts";
import { startSecuredElasticsearch } from "../support/elasticsearch/secured-elasticsearch.ts";
import { sampleTweets } from "../support/functions/tweets.ts";
import { httpCall } from "../support/http/http-call.ts";
import { hasMaven } from "../support/java/maven.ts";
import { putTemplates, startEnrichGateway } from "../support/kafka/stream.ts";
import { makeSecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { type ExecutedCell, runNotebook } from "../support/python/notebook.ts";
import { mountNotebooksStores, type NotebooksStores } from "../support/python/notebooks-stores.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { pythonEnvironment } from "../support/python/python-environment.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
const notebook = join(root, "notebooks", "sentiment.ipynb");
const figures = join(root, "build", "figures", "sentiment");
const formatTime = (millisecondsAgo: number) => new Date(Date.now() - millisecondsAgo).toUTCString();
const cellText = (cells: readonly ExecutedCell[], cell: string) => cells.find(({ id }) => id === cell)?.text;
const toBulkBody = (documents: readonly object[]) =>
  documents.map((document) => `{"create":{}}\n${JSON.stringify(document)}\n`).join("");
const notebookPython = () => pythonEnvironment("notebooks", join(root, "notebooks", "requirements.txt"));
const mean = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

const services = hasPython() && hasElasticsearch();

requireService(`${PYTHON} and Elasticsearch (ELASTICSEARCH_URL, or Maven and Java)`, services, () => {
  let python: string;
  let elasticsearch: StartedElasticsearch;
  beforeAll(async () => {
    python = await notebookPython();
    elasticsearch = await startElasticsearch();
    await putTemplates(elasticsearch.url);
    await rm(figures, { recursive: true, force: true });
  }, 15 * minute);
  afterAll(() => elasticsearch?.[Symbol.asyncDispose](), minute);

  const run = (env: Readonly<Record<string, string>> = {}) =>
    runNotebook({ notebook, python, env: { ELASTICSEARCH_URL: elasticsearch.url, ...env } });

  /** Writes documents to an index by its bulk API, and refreshes the index. */
  async function index(documents: readonly object[]): Promise<void> {
    const answer = await httpCall(`${elasticsearch.url}/sentiment-2018-10/_bulk?refresh=true`, {
      body: toBulkBody(documents),
      headers: { "content-type": "application/x-ndjson" },
    });
    expect(JSON.parse(answer.body)).toMatchObject({ errors: false });
  }

  it(
    "reports in one line that Elasticsearch does not answer, without its password",
    async () => {
      await expect(run({ ELASTICSEARCH_URL: "http://user:secret@127.0.0.1:1" })).rejects.toMatchObject({
        cell: "search",
        reason: expect.stringMatching(/^No Elasticsearch answers at 127\.0\.0\.1:1\. [^\n]+$/),
      });
    },
    minute,
  );

  it(
    "reports in one line that the last hour has no documents",
    async () => {
      await index([{ Date: formatTime(2 * 60 * minute), polarity: -1, subjectivity: 1 }]);
      await expect(run()).rejects.toMatchObject({
        cell: "search",
        reason: expect.stringMatching(/^Nothing was scored in the last hour\. [^\n]+$/),
      });
    },
    minute,
  );

  it(
    "shows the documents of tweet-enrich, number for number",
    async () => {
      const tweets = sampleTweets(300);
      await using gateway = await startEnrichGateway({ ELASTICSEARCH_URL: elasticsearch.url });
      const { status } = await httpCall(`${gateway.url}/function/tweet-enrich`, {
        body: `[${tweets.map(({ json }) => json).join(",")}]`,
        headers: { "content-type": "application/json" },
      });
      expect(status).toBe(200);
      // Some clients write numbers as text. These two are the first and the last of the hour, and fill the outer buckets.
      const asText = [
        { Date: formatTime(50 * minute), polarity: "-1.0", subjectivity: "1.0" },
        { Date: formatTime(0), polarity: "1.0", subjectivity: "0.5" },
      ];
      await index(asText);
      await fetch(`${elasticsearch.url}/sentiment-*/_refresh`, { method: "POST" });

      const cells = await run({ FIGURES: figures });
      expect(cellText(cells, "search")).toBe("Documents of the last hour: 302\n");
      expect(cellText(cells, "frame")).toMatch(
        /^ +polarity +subjectivity\nDate +\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +-1\.0+ +1\.0+\n(.+\n){3}.+$/,
      );
      const numbers = [...tweets, ...asText];
      const summary = cellText(cells, "summary") ?? "";
      const printed = (name: string) => Number(new RegExp(`Mean ${name}: (.+)`).exec(summary)?.[1]);
      expect(printed("polarity")).toBeCloseTo(mean(numbers.map(({ polarity }) => Number(polarity))), 5);
      expect(printed("subjectivity")).toBeCloseTo(
        mean(numbers.map(({ subjectivity }) => Number(subjectivity))),
        5,
      );
      // The same buckets as the query in deploy/README.md.
      const answer = await httpCall(`${elasticsearch.url}/sentiment-*/_search`, {
        body: readFileSync(join(root, "deploy", "base", "elasticsearch", "polarity-histogram.json")),
        headers: { "content-type": "application/json" },
      });
      const { buckets } = JSON.parse(answer.body).aggregations.polarity;
      const counts = /Polarity: (.+)/
        .exec(summary)?.[1]
        ?.split(", ")
        .map((part) => Number.parseInt(part, 10));
      expect(counts).toEqual(buckets.map(({ doc_count }: { doc_count: number }) => doc_count));
      for (const name of ["polarity.png", "polarity-histogram.png"]) {
        const picture = await readFile(join(figures, name));
        expect(picture.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
        expect(picture.readUInt32BE(16)).toBeGreaterThan(1_000); // its width
      }
    },
    3 * minute,
  );

  it(
    "reads the latest 10,000 of more documents, and says so",
    async () => {
      const documents = Array.from({ length: 10_000 }, () => ({
        Date: formatTime(0),
        polarity: 0.25,
        subjectivity: 0.5,
      }));
      await index(documents);
      const cells = await run();
      expect(cellText(cells, "search")).toMatch(
        /^Documents of the last hour: 10,\d{3}\nThe latest 10,000 of them are used\.\n$/,
      );
      expect(cellText(cells, "summary")).toContain("Mean polarity: 0.25");
    },
    2 * minute,
  );
});

requireService(`${PYTHON}, Maven and Java`, hasPython() && hasMaven(), () => {
  describe("Elasticsearch with components/store-logins", () => {
    const secrets = elasticsearchSecrets(new Date());
    const { ca } = secrets.clients.notebooks;
    let python: string;
    let elasticsearch: StartedElasticsearch;
    let stores: NotebooksStores;
    beforeAll(async () => {
      python = await notebookPython();
      elasticsearch = await startSecuredElasticsearch(secrets);
      stores = mountNotebooksStores({
        kafka: kafkaSecrets(new Date()).clients,
        elasticsearch: secrets.clients,
      });
      const { login } = secrets.clients["elasticsearch-templates"];
      using files = makeSecretsFolder({ login, ca });
      await putTemplates(elasticsearch.url, {
        ELASTICSEARCH_CA_FILE: join(files.path, "ca"),
        ELASTICSEARCH_LOGIN_FILE: join(files.path, "login"),
      });
    }, 15 * minute);
    afterAll(async () => {
      stores?.[Symbol.dispose]();
      await elasticsearch?.[Symbol.asyncDispose]();
    }, minute);

    const run = (env: Readonly<Record<string, string>> = {}) =>
      runNotebook({ notebook, python, env: { ...stores.env, ELASTICSEARCH_URL: elasticsearch.url, ...env } });

    it(
      "searches with the variables of the Secret notebooks-stores",
      async () => {
        const admin = secrets.files.find(({ path }) => path === "elasticsearch/admin-login")!.text.trim();
        const { body } = await httpCall(`${elasticsearch.url}/sentiment-2018-10/_bulk?refresh=true`, {
          ca,
          headers: {
            authorization: `Basic ${Buffer.from(admin).toString("base64")}`,
            "content-type": "application/x-ndjson",
          },
          body: toBulkBody([
            { Date: formatTime(minute), polarity: 0.25, subjectivity: 0.5 },
            { Date: formatTime(0), polarity: 0.75, subjectivity: 0.5 },
          ]),
        });
        expect(JSON.parse(body)).toMatchObject({ errors: false });
        const cells = await run();
        expect(cellText(cells, "search")).toBe("Documents of the last hour: 2\n");
        expect(cellText(cells, "summary")).toContain("Mean polarity: 0.500000");
      },
      2 * minute,
    );

    it(
      "reports what is wrong in one line, without its password",
      async () => {
        const wrong = [
          [{ ELASTICSEARCH_PASSWORD: "wrong-horse" }, /^Elasticsearch at [\d.:]+ requires a valid login: /],
          [{ ELASTICSEARCH_USERNAME: "" }, /^Elasticsearch at [\d.:]+ requires a valid login: /],
          [{ ELASTICSEARCH_CA_FILE: "" }, /^The TLS connection to Elasticsearch at [\d.:]+ fails: /],
          [
            { ELASTICSEARCH_CA_FILE: "/nowhere/ca" },
            /^There is no file \/nowhere\/ca, which ELASTICSEARCH_CA_FILE /,
          ],
        ] as const;
        for (const [env, sentence] of wrong) {
          const complaint = await run(env as Record<string, string>).catch((error) => error);
          expect(complaint).toMatchObject({ cell: "search", reason: expect.stringMatching(sentence) });
          expect(complaint.reason).not.toMatch(/horse|\n/);
        }
      },
      3 * minute,
    );
  });
});
