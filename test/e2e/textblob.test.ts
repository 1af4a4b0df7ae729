// needs: python
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { analyze, score } from "@platform/textblob";
import fc from "fast-check";
import { hasPython, PYTHON, type StartedTextBlob, startTextBlob } from "../support/python/python.ts";
import { requireService } from "../support/require-service.ts";
import { texts } from "./textblob-texts.ts";

const BATCH = 100;
const BATCHES = Number(process.env.TEXTBLOB_BATCHES ?? 220);

requireService(PYTHON, hasPython(), () => {
  describe("packages/textblob against the real TextBlob", () => {
    let textblob: StartedTextBlob;

    beforeAll(async () => {
      textblob = await startTextBlob();
    }, 300_000);

    afterAll(() => textblob?.[Symbol.asyncDispose]());

    /** Compares our answer with TextBlob's for each text: every double bit for bit, every sentence, every assessment. */
    const compare = async (batch: readonly string[]): Promise<void> => {
      const theirs = await textblob.ask(batch);
      batch.forEach((text, index) => {
        const ours = analyze(text);
        // JSON distinguishes all doubles except -0 and 0, and writes the shortest text that parses to the same double.
        if (JSON.stringify(ours) !== JSON.stringify(theirs[index]))
          expect({ text, ...ours }).toEqual({ text, ...theirs[index] });
        const { polarity, subjectivity, sentenceCount } = score(text);
        if (
          !Object.is(polarity, theirs[index]!.polarity) ||
          !Object.is(subjectivity, theirs[index]!.subjectivity)
        ) {
          throw new Error(
            `score differs from TextBlob on ${JSON.stringify(text)}: ${polarity}, ${subjectivity}`,
          );
        }
        if (sentenceCount !== theirs[index]!.sentences.length)
          throw new Error(`sentence count of ${JSON.stringify(text)}`);
      });
    };

    it(`is the same on ${(BATCH * BATCHES).toLocaleString("en")} generated texts, assessments included`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(texts, { minLength: BATCH, maxLength: BATCH, size: "max" }), compare),
        { numRuns: BATCHES, endOnFailure: false },
      );
    }, 600_000);

    it("returns the mean over the sentences, where TextBlob's sentiment of the whole text differs", async () => {
      const text = "Mr. Smith went to Washington. He was happy.";
      const { polarity, sentences } = analyze(text);
      expect([polarity, ...sentences.map((sentence) => sentence.polarity)]).toEqual([0.4, 0, 0.8]);
      await compare([text]);
      expect(await textblob.readSentiment(text)).toMatchObject({ polarity: 0.8 });
    });

    const corpus = join(__dirname, "../../../shared/textblob/corpus_dev.ndjson");
    (existsSync(corpus) ? it : it.skip)(
      "is the same on the development corpus, assessments included",
      async () => {
        const lines = readFileSync(corpus, "utf8").trimEnd().split("\n");
        await compare(lines.map((line) => (JSON.parse(line) as { text: string }).text));
      },
      300_000,
    );
  });
});
