// needs: java
import { readTopic } from "@platform/dead-letters/read-topic";
import { type Cluster, openCluster } from "@platform/shared/kafka/open-cluster";
import type { Admin, KafkaMessage } from "kafkajs";
import { type StartedJetstream, startJetstream } from "../support/feeds/fake-jetstream.ts";
import { startMastodon } from "../support/feeds/fake-mastodon.ts";
import { FakeNetwork, toPostUri } from "../support/feeds/fake-network.ts";
import { hasMaven } from "../support/java/maven.ts";
import { createTopic } from "../support/kafka/create-topic.ts";
import { type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { kafkaClient } from "../support/kafka/topic-messages.ts";
import { type StartedService, startService } from "../support/process/service.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
/** `npm run soak -- feeds` sets it: a long burst, during which the service is killed every ten seconds, and Kafka is killed, too. */
const burstSeconds = Number(process.env.FEEDS_SECONDS ?? 3);
const isLong = burstSeconds > 3;
jest.setTimeout(burstSeconds * 3_000 + 2 * minute);

// The networks are servers of the test that implement the documented protocols, so no test needs the internet.
requireService("Maven and Java", hasMaven(), () => {
  let kafka: StartedKafka;
  let network: FakeNetwork;
  let servers: StartedJetstream[];
  let topic: string;
  let topics = 0;
  let admin: Admin;
  let cluster: Cluster;

  beforeAll(async () => {
    kafka = await startKafka({ own: true });
    const client = kafkaClient(kafka.brokers);
    admin = client.admin();
    await admin.connect();
    cluster = await openCluster(client);
  }, minute);
  afterAll(async () => {
    await Promise.allSettled([admin?.disconnect(), cluster?.disconnect()]);
    await kafka?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    network = new FakeNetwork();
    servers = [await startJetstream(network), await startJetstream(network)];
    topic = `posts-${++topics}`;
    await createTopic(admin, topic, 3);
  });
  afterEach(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
  });

  const start = (env: Readonly<Record<string, string>> = {}) =>
    startService("feeds", {
      env: {
        FEED: "bluesky",
        JETSTREAM_URLS: servers.map(({ url }) => url).join(),
        KAFKA_BROKERS: kafka.brokers,
        KAFKA_TOPIC: topic,
        RECONNECT_MAX_PAUSE: "200ms",
        ...env,
      },
    });
  const posts = (count: number) =>
    network.post(...Array.from({ length: count }, (_, index) => `post ${index} is fine`));
  /** Returns the committed messages of a topic, without a consumer group. */
  const read = async (name: string) => {
    const messages: { partition: number; key: string; value: string }[] = [];
    const onMessage = (partition: number, { key, value }: KafkaMessage) =>
      messages.push({ partition, key: String(key), value: String(value) });
    await readTopic({ cluster, admin, topic: name, signal: new AbortController().signal, onMessage });
    return messages;
  };
  const written = () => read(topic);
  const metric = async ({ url }: StartedService, name: string) => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`^${name}(?:{.*})? (.+)$`, "m").exec(text)?.[1]);
  };
  /** Resolves when the newest post is in the topic. */
  const all = () => {
    const last = toPostUri(network.posts.at(-1)!);
    return waitFor("the last post", async () => (await written()).some(({ key }) => key === last), minute);
  };
  /** Returns the stored cursor, in microseconds since 1970. */
  const cursor = async () => {
    const cursors = (await read("feed-cursors")).filter(({ key }) => key === `${topic}/bluesky`);
    return Number(JSON.parse(cursors.at(-1)!.value).cursor);
  };
  const expectEachOnce = async () => {
    const keys = (await written()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.sort()).toEqual(network.posts.map(toPostUri).sort());
  };

  it("writes each post once, although servers drop connections, repeat events and have other clocks, and processes are killed", async () => {
    Object.assign(servers[0]!.faults, { dropAfter: 700, repeats: true });
    Object.assign(servers[1]!.faults, { dropAfter: 900, fastMs: -1_500 });
    let service = await start();
    const writing = setInterval(() => posts(25), 20);
    for (let kills = 0; kills < 3; kills++) {
      await new Promise((resolve) => setTimeout(resolve, 400 + 150 * kills));
      service.signal("SIGKILL");
      await service.ended;
      service = await start();
    }
    await servers.shift()![Symbol.asyncDispose](); // the service continues with the other server
    await new Promise((resolve) => setTimeout(resolve, 300));
    clearInterval(writing);
    posts(1);
    await all();
    await service[Symbol.asyncDispose]();
    expect(network.posts.length).toBeGreaterThan(1_000);
    await expectEachOnce();
  });

  it(`writes each post once while two instances run${isLong ? ", and while Kafka is down" : ""}`, async () => {
    const [service, other] = [await start(), await start()];
    const writing = setInterval(() => posts(5), 20);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await other[Symbol.asyncDispose]();
    if (isLong) {
      await kafka.kill();
      await kafka.start();
    }
    clearInterval(writing);
    posts(1);
    await all();
    await service[Symbol.asyncDispose]();
    await expectEachOnce();
  });

  it("handles bursts of 5,000 posts a second, and writes each post once", async () => {
    let service = await start();
    posts(1);
    await waitFor("the first post", async () => (await metric(service, "feed_posts_total")) > 0);
    const beganAt = Date.now();
    const elapsed = () => (Date.now() - beganAt) / 1_000;
    let count = 0;
    let kills = 0;
    let restarting: Promise<unknown> = Promise.resolve();
    while (elapsed() < burstSeconds) {
      const due = Math.floor(elapsed() * 5_000) - count;
      posts(due);
      count += due;
      if (elapsed() > 10 * (kills + 1)) {
        kills += 1;
        service.signal("SIGKILL");
        restarting = service.ended.then(async () => {
          service = await start();
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await restarting;
    const endedAt = Date.now();
    const last = network.posts.at(-1)!.timeUs;
    await waitFor("all posts", async () => (await cursor()) >= last, minute);
    const behind = (Date.now() - endedAt) / 1_000;
    const cpu = await metric(service, "process_cpu_seconds_total");
    process.stderr.write(
      `feeds: ${count} posts in ${burstSeconds} s, ${kills} kills, done ${behind} s later; ${cpu} s of processor time since the last start\n`,
    );
    await service[Symbol.asyncDispose]();
    await expectEachOnce();
    expect(behind).toBeLessThan(30); // most of that is needed on a machine under the load of other tests
  });

  it("writes a deletion after its post, and stores its cursor before it exits", async () => {
    const service = await start();
    const [post] = posts(1);
    network.delete(post!);
    await waitFor("both", async () => (await written()).length === 2);
    const messages = await written();
    expect(messages.map(({ value }) => JSON.parse(value).commit.operation)).toEqual(["create", "delete"]);
    expect(new Set(messages.map(({ key, partition }) => `${key} ${partition}`)).size).toBe(1);
    await service[Symbol.asyncDispose]();
    expect(await service.ended).toBe(0);
  });

  it("reads a Mastodon instance, and continues after its cursor", async () => {
    await using mastodon = await startMastodon();
    const env = { FEED: `mastodon=${mastodon.url}`, MASTODON_POLL_INTERVAL: "50ms" };
    mastodon.post("before", "the start");
    const service = await start(env);
    await waitFor("two statuses", async () => (await written()).length === 2);
    service.signal("SIGKILL");
    await service.ended;
    mastodon.post("meanwhile");
    await using _again = await start(env);
    await waitFor("three statuses", async () => (await written()).length === 3);
    const contents = (await written()).map(({ value }) => JSON.parse(value).content);
    expect(contents.sort()).toEqual(["<p>before</p>", "<p>meanwhile</p>", "<p>the start</p>"]);
  });
});
