// needs: java
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runDocsCommands } from "../support/docs/run-docs-commands.ts";
import { askElasticsearch } from "../support/elasticsearch/ask-elasticsearch.ts";
import { documents } from "../support/elasticsearch/documents.ts";
import { type StartedElasticsearch, startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { hasMaven } from "../support/java/maven.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { run } from "../support/process/command.ts";
import { createDisposables } from "../support/process/disposables.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { nextSecond } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(3 * minute);

const page = "how-to/back-up-and-restore.md";
const script = join(root, "deploy", "base", "elasticsearch-snapshots", "take-snapshot.sh");
const repository = '{"type":"fs","settings":{"location":"backups"}}';

requireService("Elasticsearch (Maven and Java)", hasMaven(), () => {
  describe("snapshots of Elasticsearch", () => {
    const { use, dispose } = createDisposables();
    let folder: string;
    let source: StartedElasticsearch;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "snapshots-"));
      chmodSync(folder, 0o777);
      source = await startWithRepo(folder).then(use);
      await putTemplates(source.url);
      const lines = Array.from({ length: 3_000 }, (_, n) => [
        JSON.stringify({ index: { _index: `sentiment-2018-${10 + (n % 3)}`, _id: `é-${n}` } }),
        JSON.stringify({
          "@timestamp": 1_539_202_764_000 + n,
          polarity: n / 3_000,
          twitter: { msg: `tweet ${n}` },
        }),
      ]);
      const answer = await fetch(`${source.url}/_bulk?refresh=true`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: `${lines.flat().join("\n")}\n`,
      });
      expect(await answer.json()).toMatchObject({ errors: false });
    }, 5 * minute);
    afterAll(async () => {
      await dispose();
      rmSync(folder, { recursive: true });
    }, minute);

    const startWithRepo = (repo: string) => startElasticsearch({ settings: { "path.repo": repo } });
    const commands = (sentence: string, { url }: StartedElasticsearch) =>
      runDocsCommands(page, sentence, {
        env: { ELASTICSEARCH_URL: url, SNAPSHOT: "snapshot-1", BACKUP: folder },
        without: "kubectl",
      });
    const nightly = (env: Record<string, string> = {}) =>
      run("sh", [script], { env: { ELASTICSEARCH_URL: source.url, REPOSITORY: repository, ...env } });

    it("restores indexes into an empty cluster by the commands of the guide: documents, mappings, templates", async () => {
      await commands("Register the repository", source);
      expect(await commands("Back up. `include_global_state`", source)).toContain('"state":"SUCCESS"');
      const before = await readContents(source.url);
      expect(before.documents).toHaveLength(3_000);
      // The guide copies the volume to the new cluster with kubectl and tar.
      const target = await startWithRepo(folder).then(use);
      expect(await readContents(target.url)).toMatchObject({ documents: [], templates: [] });
      await commands("Restore into an empty cluster. Stop the connector", target);
      expect(await readContents(target.url)).toEqual(before);
    });

    it("takes a snapshot each night, and keeps the newest ones", async () => {
      const names = async () => {
        const { snapshots } = await askElasticsearch(source.url, "GET", "_snapshot/backups/_all");
        return snapshots.map(({ snapshot }: { snapshot: string }) => snapshot);
      };
      const taken: string[] = [];
      for (let night = 0; night < 3; night += 1) {
        const { code, stdout, stderr } = await nightly({ KEEP: "2" });
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        taken.push(/took (nightly-\d{8}-\d{6})/.exec(stdout)![1]!);
        // The name of a snapshot contains the second of its start.
        await nextSecond();
      }
      expect(await names()).toEqual(["snapshot-1", ...taken.slice(1)]);
    });

    it("fails when the snapshot fails", async () => {
      const unreachableRepository = '{"type":"fs","settings":{"location":"/elsewhere"}}';
      expect((await nightly({ REPOSITORY: unreachableRepository })).code).not.toBe(0);
    });
  });
});

/** All documents with their versions, the mappings and settings of the indexes, and the templates. */
async function readContents(url: string) {
  const all = [];
  for await (const { _id, _index, _version, _source } of documents(url))
    all.push({ _id, _index, _version, _source });
  const mappings = await askElasticsearch(url, "GET", "sentiment-*/_mapping");
  const { index_templates: templates } = await askElasticsearch(url, "GET", "_index_template/sentiment*");
  return {
    documents: all.sort((a, b) => (a._id < b._id ? -1 : 1)),
    mappings,
    templates: templates ?? [],
  };
}
