import { rejectableTweets } from "../support/functions/rejectable-tweets.ts";
import { type StartedTweetEnrich, startTweetEnrich } from "../support/functions/tweet-enrich.ts";

let tweetEnrich: StartedTweetEnrich;
beforeAll(async () => {
  tweetEnrich = await startTweetEnrich();
});
afterAll(() => tweetEnrich?.[Symbol.asyncDispose]());

it.each(rejectableTweets.map(({ property, line, code }) => [property, code, line] as const))(
  "tweet-enrich refuses a tweet with %s as %s, alone and in a batch",
  async (_, code, line) => {
    const { status, body } = await tweetEnrich.send(line);
    expect({ status, body }).toEqual({
      status: code === "invalid_json" ? 400 : 422,
      body: expect.objectContaining({ code }),
    });
    const lines = await tweetEnrich.send(`"It is good."\n${line}\n"It is good."\n`, {
      "content-type": "application/x-ndjson",
    });
    expect(lines.status).toBe(200);
    const good = expect.objectContaining({ polarity: 0.7 });
    expect(lines.body).toEqual([good, { index: 1, error: expect.objectContaining({ code }) }, good]);
  },
);
