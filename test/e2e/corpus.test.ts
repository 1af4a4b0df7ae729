// needs: corpus
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

/** Texts with the real TextBlob's answers, one JSON object a line. They are not part of the repo. */
const folder = process.env.TEXTBLOB_CORPUS ?? join(root, "..", "shared", "textblob");
const read = (name: string) =>
  readFileSync(join(folder, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

requireService("a corpus (TEXTBLOB_CORPUS)", existsSync(join(folder, "corpus_dev.ndjson")), () => {
  describe("the functions behind the gateway, on a corpus", () => {
    let gateway: StartedGateway;
    beforeAll(async () => {
      gateway = await startGateway();
    }, 60_000);
    afterAll(() => gateway?.[Symbol.asyncDispose]());

    /** The texts that the functions do not change: without \r, which they convert to \n, and with a sentence. */
    const expectedResults = read("corpus_dev_expected.ndjson");
    const cases = read("corpus_dev.ndjson")
      .map(({ text }, index) => ({ text, expected: expectedResults[index] }))
      .filter(({ text, expected }) => !text.includes("\r") && !expected.empty);

    /** Sends items in batches of 500 and returns the answers in order. */
    async function answers(name: string, items: readonly unknown[]) {
      const all = [];
      for (let start = 0; start < items.length; start += 500) {
        const body = items
          .slice(start, start + 500)
          .map((item) => `${JSON.stringify(item)}\n`)
          .join("");
        const headers = { "content-type": "application/x-ndjson" };
        const answer = await httpCall(`${gateway.url}/function/${name}`, { body, headers });
        expect(answer.status).toBe(200);
        all.push(
          ...answer.body
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line)),
        );
      }
      return all;
    }

    it("sentiment returns TextBlob's numbers exactly", async () => {
      expect(cases.length).toBeGreaterThan(4_000);
      const scores = await answers(
        "sentiment",
        cases.map(({ text }) => ({ text })),
      );
      expect(scores).toEqual(
        cases.map(({ expected: { polarity, subjectivity, sentence_count } }) => ({
          polarity,
          subjectivity,
          sentence_count,
        })),
      );
    }, 60_000);

    it("tweet-enrich stores the same numbers in its documents", async () => {
      const documents = await answers(
        "tweet-enrich",
        cases.map(({ text }) => ({ text })),
      );
      expect(documents).toEqual(
        cases.map(({ text, expected: { polarity, subjectivity, sentence_count } }) =>
          expect.objectContaining({ "twitter.msg": text, polarity, subjectivity, sentence_count }),
        ),
      );
    }, 60_000);
  });
});
