// needs: nothing
import type { RequestListener } from "node:http";
import { text as readText } from "node:stream/consumers";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { sampleTweets } from "../support/functions/tweets.ts";
import { startListener } from "../support/http/listener.ts";
import { stackEnvironment, startTemplateHost } from "../support/openfaas/template-host.ts";
import { bundleFolder, node18 } from "../support/repo.ts";

jest.setTimeout(60_000);

const good = { polarity: 0.5, subjectivity: 0.25, sentence_count: 1 };
const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }),
});

/** A fake model behind SENTIMENT_URL, which records the number of texts in each request. */
async function startFakeModel(answer: (texts: string[], request: number) => [status: number, body: string]) {
  const requests: number[] = [];
  const listener: RequestListener = async (request, response) => {
    const texts = JSON.parse(await readText(request));
    const [status, body] = answer(texts, requests.push(texts.length));
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };
  return { requests, ...(await startListener(listener)) };
}

const scores = (texts: string[]): [number, string] => [200, JSON.stringify(texts.map(() => good))];

describe("SENTIMENT_URL", () => {
  it("can be our own sentiment function, with the same answer as the engine in the process", async () => {
    await using sentiment = await startTemplateHost({
      handler: bundleFolder("sentiment"),
      node: node18(),
      env: stackEnvironment,
    });
    await using asking = await startTweetEnrich({ SENTIMENT_URL: sentiment.url });
    await using alone = await startTweetEnrich();
    const tweets = [
      ...sampleTweets(1500).map(({ json }) => JSON.parse(json)),
      { text: 'First.\r\nThen that is "bad"\u0001 🚀' },
      { text: " " },
      { delete: {} },
      { text: '"'.repeat(90_000) },
    ];
    const [asked, own] = [await asking.send(tweets), await alone.send(tweets)];
    const withoutDate = ({ body }: { body: unknown }) =>
      (body as object[]).map((entry) => ({ ...entry, Date: undefined }));
    expect(withoutDate(asked)).toEqual(withoutDate(own));
    expect(own.status).toBe(200);
    expect((own.body as object[])[1501]).toMatchObject({ index: 1501, error: { code: "empty_text" } });
    expect(await asking.send({ text: " " })).toEqual(problem(422, "empty_text"));
  });

  it("receives texts in several requests", async () => {
    await using model = await startFakeModel(scores);
    await using enrich = await startTweetEnrich({ SENTIMENT_URL: model.url });
    const { status, body } = await enrich.send(Array.from({ length: 2_300 }, () => ({ text: "x" })));
    expect([status, (body as unknown[]).length]).toEqual([200, 2_300]);
    expect((body as unknown[])[2_299]).toMatchObject(good);
    expect(model.requests).toEqual([1_000, 1_000, 300]);
    // Half a megabyte of JSON for each request: each of these texts has 160 kB.
    await enrich.send(Array.from({ length: 7 }, () => ({ text: '"'.repeat(80_000) })));
    expect(model.requests.slice(3)).toEqual([3, 3, 1]);
  });

  it("is called again when it is busy", async () => {
    await using model = await startFakeModel((texts, request) =>
      request <= 2 ? [503, "busy"] : scores(texts),
    );
    await using enrich = await startTweetEnrich({ SENTIMENT_URL: model.url });
    expect(await enrich.send({ text: "x" })).toMatchObject({ status: 200, body: good });
    expect(model.requests).toHaveLength(3);
  });

  it("returns the error of a text with its item", async () => {
    const refused = { index: 0, error: { status: 422, code: "too_short", detail: "…" } };
    await using model = await startFakeModel((texts) => [
      200,
      JSON.stringify(texts.map((text) => (text === "x" ? refused : good))),
    ]);
    await using enrich = await startTweetEnrich({ SENTIMENT_URL: model.url });
    const { body } = await enrich.send([{ text: "long" }, { text: "x" }, { text: "long" }]);
    const notScored = { status: 422, code: "not_scored", detail: "The text was not scored: too_short." };
    expect(body).toEqual([
      expect.objectContaining(good),
      { index: 1, error: notScored },
      expect.objectContaining(good),
    ]);
    expect(await enrich.send({ text: "x" })).toEqual(problem(422, "not_scored"));
  });

  it.each<[string, number, string]>([
    ["HTML", 200, "<p>hello</p>"],
    ["one entry too few", 200, "[]"],
    ["no numbers", 200, '[{"polarity":"high","subjectivity":0,"sentence_count":1}]'],
    ["a number out of range", 200, '[{"polarity":7,"subjectivity":0,"sentence_count":1}]'],
    ["a refusal of the request", 413, "too large"],
    ["a redirect", 302, "elsewhere"],
  ])("causes 502 without a retry if it answers with %s", async (_, status, answer) => {
    await using model = await startFakeModel(() => [status, answer]);
    await using enrich = await startTweetEnrich({ SENTIMENT_URL: model.url });
    expect(await enrich.send([{ text: "x" }])).toEqual(problem(502, "peer_bad_answer"));
    expect(model.requests).toHaveLength(1);
  });

  it("gets 504 within the time limit if it hangs, and 503 if it is down; both are logged", async () => {
    await using hanging = await startListener((request) => void request.resume());
    const cases: [string, number, string][] = [
      [hanging.url, 504, "peer_timeout"],
      ["http://127.0.0.1:1", 503, "peer_unavailable"],
    ];
    for (const [url, status, code] of cases) {
      await using enrich = await startTweetEnrich({ SENTIMENT_URL: url, ENRICH_TIMEOUT: "1s" });
      const started = Date.now();
      expect(await enrich.send([{ text: "x" }])).toEqual(problem(status, code));
      expect(Date.now() - started).toBeLessThan(3_000);
      expect(enrich.output()).toContain(`SENTIMENT_URL: ${new URL(url).host}`);
    }
  });
});
