import type { SentimentView } from "@platform/gateway/console/live/view";
import { type StartedJetstream, startJetstream } from "../support/feeds/fake-jetstream.ts";
import { type StartedMastodon, startMastodon } from "../support/feeds/fake-mastodon.ts";
import { FakeNetwork } from "../support/feeds/fake-network.ts";
import { launchGateway, startGateway } from "../support/gateway/gateway.ts";
import { readEvents } from "../support/gateway/read-events.ts";
import { waitFor } from "../support/wait-for.ts";

// Fake servers speak the documented protocols of the networks; no test reaches the internet.
const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
jest.setTimeout(60_000);

/** Waits until the texts of the newest documents satisfy a condition. */
async function readTexts(url: string, holds: (texts: readonly string[]) => boolean): Promise<string[]> {
  const reader = await readEvents(`${url}/ui/api/events`);
  try {
    for (;;) {
      const { hour } = await reader.nextEvent<SentimentView>("sentiment");
      const texts = hour.newest.map(({ text }) => text).sort();
      if (holds(texts)) return texts;
    }
  } finally {
    reader.cancel();
  }
}

describe("npm start -- --live", () => {
  let network: FakeNetwork;
  let jetstream: StartedJetstream;
  let mastodon: StartedMastodon;
  beforeEach(async () => {
    network = new FakeNetwork();
    jetstream = await startJetstream(network);
    mastodon = await startMastodon();
  });
  afterEach(async () => {
    await Promise.all([jetstream[Symbol.asyncDispose](), mastodon[Symbol.asyncDispose]()]);
  });

  it("sends Bluesky's posts with a word through tweet-enrich, and no invented posts", async () => {
    await using gateway = await startGateway({
      args: ["--live", "bluesky=rain"],
      env: { ...noChain, POSTS: "", JETSTREAM_URLS: jetstream.url, RECONNECT_MAX_PAUSE: "100ms" },
    });
    await waitFor("a connection", () => gateway.output().includes("live posts: connected to 127.0.0.1"));
    network.post("Rain is lovely", "Sun is fine", "No rain, no flowers");
    expect(await readTexts(gateway.url, (texts) => texts.length >= 2)).toEqual([
      "No rain, no flowers",
      "Rain is lovely",
    ]);
    jetstream.drop();
    network.post("More rain");
    await readTexts(gateway.url, (texts) => texts.includes("More rain"));
    expect(gateway.output()).toMatch(/live posts: .* closed the connection \(1006\); trying again/);
    expect(gateway.output()).not.toMatch(/tweet-enrich.*"call"/);
  });

  it("sends a Mastodon instance's posts", async () => {
    mastodon.post("A <b>good</b> day");
    await using gateway = await startGateway({
      args: ["--live", `mastodon=${mastodon.url}`],
      env: { ...noChain, MASTODON_POLL_INTERVAL: "50ms" },
    });
    await readTexts(gateway.url, (texts) => texts.includes("A good day"));
    mastodon.post("A bad day");
    await readTexts(gateway.url, (texts) => texts.includes("A bad day"));
  });

  it("prints the reason when the internet is unreachable, and keeps serving", async () => {
    await using gateway = await startGateway({
      args: ["--live", "bluesky"],
      env: { ...noChain, JETSTREAM_URLS: "wss://jetstream.invalid/subscribe" },
    });
    await waitFor("the reason", () =>
      /live posts: cannot reach jetstream\.invalid: .*is the internet reachable\?/.test(gateway.output()),
    );
    const answer = await fetch(`${gateway.url}/function/sentiment`, { method: "POST", body: "kind" });
    expect(answer.status).toBe(200);
  });

  it("refuses an unknown feed as a usage error", async () => {
    await using gateway = launchGateway({ args: ["--live", "twitter"] });
    expect(await gateway.ended).toBe(2);
    expect(gateway.output()).toContain("--live must be bluesky, bluesky=word,word or mastodon=instance");
  });
});
