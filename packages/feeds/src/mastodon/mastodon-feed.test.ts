import { setTimeout as sleep } from "node:timers/promises";
import { type StartedMastodon, startMastodon } from "../../../../test/support/feeds/fake-mastodon.ts";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { readFeed } from "../testing/read-feed.ts";
import { type RecordingObserver, recordingObserver } from "../testing/recording-observer.ts";
import { mastodonFeed } from "./mastodon-feed.ts";

let server: StartedMastodon;
let observer: RecordingObserver;
beforeEach(async () => {
  server = await startMastodon();
  observer = recordingObserver();
});
afterEach(() => server[Symbol.asyncDispose]());

const createFeed = (token?: string) =>
  mastodonFeed({
    server: new URL(server.url),
    readToken: token === undefined ? undefined : async () => token,
    pollEvery: 20,
    longestPause: 50,
    observer,
  });
const toTexts = (items: readonly { value: string }[]) =>
  items.map(({ value }) => JSON.parse(value).content.replace(/<[^>]*>/g, ""));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index));

it("polls the newest page, then all following statuses, oldest first", async () => {
  server.post(...numbers(50));
  await using feed = readFeed(createFeed());
  await waitFor("a page", () => feed.items.length === 40);
  server.post(...numbers(90));
  await waitFor("the others", () => feed.items.length === 130);
  expect(toTexts(feed.items)).toEqual([...numbers(50).slice(10), ...numbers(90)]);
  expect(feed.items[0]!.key).toMatch(/^http.*\/users\/ada\/statuses\/\d+$/);
  expect(observer.hosts).toEqual([new URL(server.url).host]);
});

it("continues after a cursor when ids become longer", async () => {
  server.post(...numbers(15));
  await using feed = readFeed(createFeed(), "9994");
  await waitFor("all", () => feed.items.length === 10);
  expect(toTexts(feed.items)).toEqual(numbers(15).slice(5));
  expect(feed.cursor).toBe("10004");
});

it("pauses when the server repeats a full page", async () => {
  server.behaviour.ignoresMinId = true;
  server.post(...numbers(50));
  await using feed = readFeed(createFeed());
  await waitFor("some pages", () => server.requests.length > 2);
  const before = server.requests.length;
  await sleep(200);
  expect(server.requests.length - before).toBeLessThanOrEqual(11); // one request per 20 ms
  expect(feed.cursor).toBeDefined();
});

it("respects the rate limit", async () => {
  server.behaviour.requestsLeft = 1;
  await using feed = readFeed(createFeed());
  await waitFor("a refusal", () => server.requests.length === 2);
  const refusedAt = Date.now();
  server.post("a");
  await waitFor("the post", () => feed.items.length === 1);
  expect(Date.now() - refusedAt).toBeGreaterThan(700);
  expect(observer.losses).toEqual([]);
});

it("suggests a remedy when the timeline is for members only", async () => {
  server.behaviour.token = "secret";
  await using feed = readFeed(createFeed());
  await waitFor("a loss", () => observer.losses.length > 0);
  expect(feed.items).toEqual([]);
  expect(observer.losses[0]).toContain("set MASTODON_TOKEN_SECRET_NAME");
});

it("streams with a token, and polls the posts of an interruption", async () => {
  server.behaviour.token = "secret";
  await using feed = readFeed(createFeed("secret"));
  await waitFor("a connection", () => observer.hosts.length === 1);
  server.post("a", "b");
  await waitFor("the posts", () => feed.items.length === 2);
  server.drop();
  server.post("c");
  await waitFor("a connection", () => observer.hosts.length === 2);
  server.post("d");
  await waitFor("the others", () => toTexts(feed.items).includes("d"));
  expect([...new Set(toTexts(feed.items))]).toEqual(["a", "b", "c", "d"]);
  expect(server.requests.filter((path) => path.includes("timelines"))).toHaveLength(1);
});
