import { PeerUnavailableError } from "@platform/shared/errors/peer-errors";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import { Batch, type BatchItem } from "@platform/shared/function/batch";
import type { Clients } from "./clients.ts";
import { readConfig } from "./config.ts";
import { Deletion } from "./deletion.ts";
import { enrichTweets } from "./enrich-tweets.ts";
import { DocumentRefusedError } from "./errors.ts";
import type { Origin } from "./origin.ts";
import { createEngineScorer } from "./scoring/engine-scorer.ts";
import type { Tweet } from "./tweet.ts";

const waits = new PeerUnavailableError({ setting: "ELASTICSEARCH_URL", host: "h:1" });
const refused = new DocumentRefusedError({ type: "document_parsing_exception" });
const tweet = (id: string, version?: number): Tweet => ({
  id,
  text: "People are kind",
  createdAt: new Date("2018-10-10T20:19:24Z"),
  version,
  handle: undefined,
  user: undefined,
});

/** Fake sinks that record their calls; Elasticsearch fails for the ids in `errors`. */
function fakeClients(errors: Readonly<Record<string, PlatformError>> = {}) {
  const calls = {
    stored: [] as string[],
    written: [] as string[],
    buried: [] as string[],
    removed: [] as string[],
  };
  const clients: Clients = {
    scorer: createEngineScorer({ timeEngine: (work) => work() }),
    elasticsearch: {
      async store(records) {
        calls.stored.push(...records.map(({ id }) => id));
        return records.map((record) => errors[record.id] ?? { record, isNewest: true });
      },
      async remove(ids) {
        calls.removed.push(...ids);
      },
      close: () => Promise.resolve(),
    },
    kafka: {
      async write(records) {
        calls.written.push(...records.map(({ id, version }) => (version === null ? id : `${id}@${version}`)));
      },
      async writeDeadLetters(records) {
        calls.buried.push(...records.map(({ record }) => record.id));
      },
      async remove(ids) {
        calls.removed.push(...ids.map((id) => `${id} in Kafka`));
      },
      close: () => Promise.resolve(),
    },
  };
  return { clients, calls };
}

const origin: Origin = { topic: undefined, timestamp: () => undefined, startTime: undefined };
async function enrich(
  items: readonly BatchItem<Tweet>[],
  { clients }: { clients: Clients },
  { topic, env = {} }: { topic?: string; env?: Record<string, string> } = {},
) {
  const call = { tweets: new Batch<Tweet>("array", items), origin: { ...origin, topic }, detail: undefined };
  return (await enrichTweets(call, readConfig(env), clients)).entries();
}
const document = expect.objectContaining({ "twitter.msg": "People are kind" });
const entry = (index: number, status: number) => ({ index, error: expect.objectContaining({ status }) });

it("reports each item as stored, refused or to be retried, and writes the stored ones to Kafka", async () => {
  const fakes = fakeClients({ bad: refused, held: waits });
  expect(
    await enrich(
      ["a", "bad", "held", "b"].map((id) => tweet(id)),
      fakes,
    ),
  ).toEqual([document, entry(1, 422), entry(2, 503), document]);
  expect(fakes.calls).toMatchObject({ written: ["a", "b"], buried: ["bad"] });
});

it("writes no dead letters for a call of a connector", async () => {
  const fakes = fakeClients({ bad: refused });
  await enrich([tweet("bad")], fakes, { topic: "twitter" });
  expect(fakes.calls.buried).toEqual([]);
});

it("rejects with the error of the peer when every item must be retried", async () => {
  const fakes = fakeClients({ held: waits, other: waits });
  await expect(enrich([tweet("held"), refused, tweet("other")], fakes)).rejects.toBe(waits);
  expect(fakes.calls.written).toEqual([]);
  expect(await enrich([tweet("held"), tweet("bad")], fakeClients({ held: waits, bad: refused }))).toEqual([
    entry(0, 503),
    entry(1, 422),
  ]);
});

it("writes the newest version in a call to Kafka, whatever the order", async () => {
  const fakes = fakeClients();
  await enrich([tweet("a", 2), tweet("a", 1), tweet("b", 1), tweet("b", 3)], fakes);
  expect(fakes.calls.written).toEqual(["a@2", "b@3"]);
});

describe("a notice of a deletion", () => {
  const items = [tweet("a"), new Deletion("a"), new Batch<Tweet>("array", [new Deletion("b")]), tweet("c")];

  it("removes the document after the others are stored, and does not store a tweet of the same call", async () => {
    const fakes = fakeClients();
    const entries = await enrich(items, fakes, { env: { APPLY_DELETIONS: "true" } });
    const skipped = (index: number) => ({ index, skipped: "delete" });
    expect(entries).toEqual([document, skipped(1), [skipped(0)], document]);
    expect(fakes.calls).toMatchObject({
      stored: ["c"],
      written: ["c"],
      removed: ["a", "b", "a in Kafka", "b in Kafka"],
    });
  });

  it("changes nothing by default", async () => {
    const fakes = fakeClients();
    await enrich(items, fakes);
    expect(fakes.calls).toMatchObject({ stored: ["a", "c"], written: ["a", "c"], removed: [] });
  });
});
