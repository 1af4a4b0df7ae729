// needs: java
import { join } from "node:path";
import {
  hasElasticsearch,
  type StartedElasticsearch,
  startElasticsearch,
} from "../support/elasticsearch/elasticsearch.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { run } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
jest.setTimeout(minute);

const program = join(root, "packages", "documents", "dist", "main.cjs");

/** Runs `npm run documents -- …`. */
const documents = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [program, ...args], { cwd: root, env: { ELASTICSEARCH_URL: "", ...env } });

describe("npm run documents", () => {
  it("refuses a wrong command line with 2, and a missing setting or service with 1", async () => {
    expect(await documents(["delete"])).toMatchObject({ code: 2, stderr: expect.stringContaining("--id") });
    expect(await documents(["delete", "--id", "1"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "npm run documents: ELASTICSEARCH_URL is not set\n",
    });
    const unreachable = { ELASTICSEARCH_URL: "http://127.0.0.1:1" };
    expect(await documents(["delete", "--id", "1"], unreachable)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^npm run documents: ELASTICSEARCH_URL: 127\.0\.0\.1:1 is out of reach or busy\. \(.*ECONNREFUSED.*\)\n$/,
      ),
    });
  });
});

requireService("Elasticsearch (ELASTICSEARCH_URL, or Maven and Java)", hasElasticsearch(), () => {
  describe("npm run documents with an Elasticsearch", () => {
    let elasticsearch: StartedElasticsearch;
    beforeAll(async () => {
      elasticsearch = await startElasticsearch();
      await putTemplates(elasticsearch.url);
    }, 5 * minute);
    afterAll(() => elasticsearch?.[Symbol.asyncDispose](), minute);

    const call = async (method: string, path: string, body = "") => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${elasticsearch.url}/${path}`, {
        method,
        headers,
        ...(body === "" ? {} : { body }),
      });
      return await response.json();
    };
    const indexDocuments = (
      entries: readonly (readonly [index: string, id: string, handle: string | null])[],
    ) =>
      call(
        "POST",
        "_bulk",
        entries
          .flatMap(([_index, _id, handle]) => [
            JSON.stringify({ index: { _index, _id } }),
            JSON.stringify({ "twitter.handle": handle, "twitter.msg": "People are kind" }),
          ])
          .map((line) => `${line}\n`)
          .join(""),
      );
    const count = async () => {
      await call("POST", "sentiment-*/_refresh");
      return ((await call("GET", "sentiment-*/_count")) as { count: number }).count;
    };
    const command = (...args: string[]) => documents(args, { ELASTICSEARCH_URL: elasticsearch.url });
    const lines = ({ code, stdout, stderr }: Awaited<ReturnType<typeof documents>>) => ({
      code,
      stderr,
      lines: stdout.trim().split("\n"),
    });

    it("deletes all documents of an author, and reports the number for each index; --dry-run only counts", async () => {
      const many = Array.from({ length: 2_500 }, (_, n) => ["sentiment-2018-10", `a${n}`, "Ada"] as const);
      await indexDocuments([...many, ["sentiment-2018-11", "b", "ada"], ["sentiment-undated", "c", "ADA"]]);
      await indexDocuments([
        ["sentiment-2018-10", "other", "adam"],
        ["sentiment-2018-10", "nobody", null],
      ]);
      const counts = (verb: string) => [
        `sentiment-2018-10: 2500 documents ${verb}`,
        `sentiment-2018-11: 1 document ${verb}`,
        `sentiment-undated: 1 document ${verb}`,
        `2502 documents ${verb} in all`,
      ];
      expect(lines(await command("delete", "--author", "@ada", "--dry-run"))).toEqual({
        code: 0,
        stderr: "",
        lines: counts("would be deleted"),
      });
      expect(await count()).toBe(2_504);
      expect(lines(await command("delete", "--author", "@ada"))).toEqual({
        code: 0,
        stderr: "",
        lines: counts("deleted"),
      });
      expect(await count()).toBe(2);
      expect(lines(await command("delete", "--author", "ada")).lines).toEqual(["0 documents deleted in all"]);
    });

    it("deletes documents by their ids, and reports closed indexes, which it cannot search", async () => {
      const uri = "https://example.social/users/ada/statuses/3";
      await indexDocuments([
        ["sentiment-2018-10", "1", null],
        ["sentiment-2018-11", uri, null],
        ["sentiment-2018-12", "1", null],
        ["sentiment-2018-10", "2", null],
      ]);
      const before = await count();
      await call("POST", "sentiment-2018-12/_close");
      const answer = lines(await command("delete", "--id", "1", "--id", uri, "--id", "never"));
      expect(answer).toEqual({
        code: 1,
        stderr: "",
        lines: [
          "sentiment-2018-10: 1 document deleted",
          "sentiment-2018-11: 1 document deleted",
          "2 documents deleted in all",
          "sentiment-2018-12 is closed and was not searched; open it and run the command again",
        ],
      });
      await call("POST", "sentiment-2018-12/_open?wait_for_active_shards=all");
      expect((await command("delete", "--id", "1")).code).toBe(0);
      expect(await count()).toBe(before - 3);
    });

    it("reports documents that could not be deleted, in a read-only index", async () => {
      await indexDocuments([["sentiment-2018-09", "held", "bob"]]);
      await call("PUT", "sentiment-2018-09/_settings", '{"index.blocks.write":true}');
      const answer = await command("delete", "--author", "bob");
      await call("PUT", "sentiment-2018-09/_settings", '{"index.blocks.write":null}');
      expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining("sentiment-2018-09") });
      expect((await command("delete", "--author", "bob")).stdout).toContain("1 document deleted in all");
    });
  });
});
