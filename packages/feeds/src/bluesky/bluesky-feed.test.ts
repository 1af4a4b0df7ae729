import { type StartedJetstream, startJetstream } from "../../../../test/support/feeds/fake-jetstream.ts";
import { FakeNetwork, toPostUri } from "../../../../test/support/feeds/fake-network.ts";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { readFeed } from "../testing/read-feed.ts";
import { type RecordingObserver, recordingObserver } from "../testing/recording-observer.ts";
import { blueskyFeed } from "./bluesky-feed.ts";

let network: FakeNetwork;
let server: StartedJetstream;
let observer: RecordingObserver;
beforeEach(async () => {
  network = new FakeNetwork();
  server = await startJetstream(network);
  observer = recordingObserver();
});
afterEach(() => server[Symbol.asyncDispose]());

const createFeed = (words: readonly string[] = [], urls = [server.url]) =>
  blueskyFeed({
    urls: urls.map((url) => new URL(url)),
    words,
    overlap: 5_000,
    longestPause: 50,
    observer,
  });
const connection = (count = 1) => waitFor("a connection", () => observer.hosts.length >= count);
const toTexts = (items: readonly { value: string }[]) =>
  items.map(({ value }) => JSON.parse(value).commit.record?.text);

it("returns new posts byte for byte", async () => {
  network.post("before");
  await using feed = readFeed(createFeed());
  await connection();
  const [post] = network.post("now");
  await waitFor("the post", () => feed.items.length > 0);
  expect(feed.items).toEqual([
    {
      id: expect.stringContaining(toPostUri(post!)),
      key: toPostUri(post!),
      value: expect.stringContaining("now"),
    },
  ]);
  expect(feed.cursor).toBe(String(post!.timeUs));
  expect([...server.queries[0]!]).toEqual([
    ["wantedCollections", "app.bsky.feed.post"],
    ["maxMessageSizeBytes", "800000"],
  ]);
});

it("returns posts with at least one of the words, and all deletions", async () => {
  await using feed = readFeed(createFeed(["rain"]));
  await connection();
  const [wanted] = network.post("Rain again", "sun", "raindrops");
  network.delete(wanted!);
  await waitFor("both", () => feed.items.length === 2);
  expect(toTexts(feed.items)).toEqual(["Rain again", undefined]);
  expect(new Set(feed.items.map(({ key }) => key)).size).toBe(1);
  expect(new Set(feed.items.map(({ id }) => id)).size).toBe(2);
  expect(observer.skips).toEqual(["other_words", "other_words"]);
});

it("continues after a lost connection with the last post of the server", async () => {
  await using feed = readFeed(createFeed());
  await connection();
  const [first] = network.post("a");
  await waitFor("a post", () => feed.items.length === 1);
  server.drop();
  network.post("b");
  await connection(2);
  network.post("c");
  await waitFor("the others", () => feed.items.length >= 4);
  expect(toTexts(feed.items)).toEqual(["a", "a", "b", "c"]);
  expect(feed.items[0]!.id).toBe(feed.items[1]!.id);
  expect(server.queries[1]!.get("cursor")).toBe(String(first!.timeUs));
  expect(observer.losses).toEqual([
    expect.stringMatching(/^127\.0\.0\.1:\d+ closed the connection \(1006\)$/),
  ]);
});

it("continues on another server with an overlap, so that no post is missing", async () => {
  await using slow = await startJetstream(network, { fastMs: -1_000 });
  await using feed = readFeed(createFeed([], [server.url, slow.url]));
  await connection();
  const [first] = network.post("a");
  await waitFor("a post", () => feed.items.length === 1);
  const ended = server[Symbol.asyncDispose]();
  network.post("b");
  await waitFor("the other server", () => slow.queries.length > 0);
  await ended;
  await waitFor("the others", () => feed.items.length >= 3);
  expect(toTexts(feed.items)).toEqual(["a", "a", "b"]);
  expect(slow.queries[0]!.get("cursor")).toBe(String(first!.timeUs - 5_000_000));
  expect(feed.cursor).toBe(String(first!.timeUs)); // the cursor does not go back to the slow clock
});

it("makes progress with a server that drops each connection after a few posts", async () => {
  server.faults.dropAfter = 10;
  network.post(...Array.from({ length: 60 }, (_, index) => String(index)));
  await using feed = readFeed(createFeed(), String(network.posts[0]!.timeUs));
  await waitFor("all", () => new Set(toTexts(feed.items)).size === 60);
  expect(server.queries.length).toBeGreaterThan(5);
});

it("tries the servers in turn", async () => {
  await using feed = readFeed(createFeed([], ["ws://127.0.0.1:1/subscribe", server.url]));
  await connection();
  network.post("a");
  await waitFor("a post", () => feed.items.length === 1);
  expect(observer.losses).toEqual(["cannot reach 127.0.0.1:1: connection refused"]);
});

it("reports posts after the cursor that the server has dropped", async () => {
  const anHourAgo = (Date.now() - 3_600_000) * 1_000;
  network.post("only this one");
  await using feed = readFeed(createFeed(), String(anHourAgo));
  await waitFor("the post", () => feed.items.length === 1);
  expect(observer.missedMs).toEqual([expect.closeTo(3_600_000, -5)]);
});

it("skips account events and malformed messages", async () => {
  await using feed = readFeed(createFeed());
  await connection();
  server.send("{");
  server.send({ kind: "commit" });
  server.send({ did: "did:plc:a", time_us: 5, kind: "identity", identity: {} });
  network.post("a");
  await waitFor("the post", () => feed.items.length === 1);
  expect(observer.skips).toEqual(["malformed", "malformed"]);
});

it("skips a post that Kafka would refuse", async () => {
  await using feed = readFeed(createFeed());
  await connection();
  network.post("x".repeat(900_000), "a");
  await waitFor("the post", () => feed.items.length === 1);
  expect(toTexts(feed.items)).toEqual(["a"]);
  expect(observer.skips).toEqual(["too_large"]);
});

it("applies back-pressure while its reader is busy, and loses nothing", async () => {
  const count = 6_000;
  network.post(...Array.from({ length: count }, () => "x".repeat(500)));
  const end = new AbortController();
  let received = 0;
  for await (const { items } of createFeed().batches("1", end.signal)) {
    received += items.length;
    if (received < 2_000) await new Promise((resolve) => setTimeout(resolve, 50));
    if (received >= count) end.abort();
  }
  expect(received).toBe(count);
});
