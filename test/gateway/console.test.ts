import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type {
  About,
  ChainView,
  DependencyView,
  FunctionView,
  SentimentView,
} from "@platform/gateway/console/live/view";
import type { FunctionFlow } from "@platform/gateway/console/overview/view";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { readEvents } from "../support/gateway/read-events.ts";
import { httpCall } from "../support/http/http-call.ts";
import { root } from "../support/repo.ts";

const folder = mkdtempSync(join(tmpdir(), "console-"));
const withPosts = { POSTS: "", DATA_DIR: folder };
let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: withPosts });
}, 60_000);
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
}, 30_000);

const json = { "content-type": "application/json" };
const tweet = (text: string) => JSON.stringify({ text, user: { screen_name: "ada", name: "Ada" } });
const events = () => readEvents(`${gateway.url}/ui/api/events`);
const enrich = (body: string) => httpCall(`${gateway.url}/function/tweet-enrich`, { body, headers: json });
const transfer = (body: object, headers: Record<string, string> = json) =>
  httpCall(`${gateway.url}/ui/api/transfers`, {
    body: JSON.stringify(body),
    headers: { "x-console": "1", ...headers },
  });

/** Waits for an event with data that satisfies a condition. */
async function waitForEvent<T>(name: string, holds: (data: T) => boolean): Promise<T> {
  const reader = await events();
  try {
    for (;;) {
      const data = await reader.nextEvent<T>(name);
      if (holds(data)) return data;
    }
  } finally {
    reader.cancel();
  }
}

describe("the console of npm start", () => {
  it("shows documents, blocks and functions within ten seconds, and more of them later", async () => {
    const { hour } = await waitForEvent<SentimentView>("sentiment", (view) => view.hour.count >= 60);
    expect(hour.mean).toEqual(expect.any(Number));
    expect(hour.histogram.map(({ from }) => from)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(hour.newest).toHaveLength(20);
    const chain = await waitForEvent<ChainView>("chain", ({ blocks }) => blocks.length > 0);
    expect(chain).toMatchObject({ chainId: 27587, canSend: true });
    const functions = await waitForEvent<FunctionView[]>(
      "functions",
      (all) => all.length === deployedNames.length,
    );
    expect(functions.find(({ name }) => name === "tweet-enrich")?.latest?.calls).toBeGreaterThan(0);
    expect(gateway.output()).not.toMatch(/tweet-enrich.*"call"/);
  }, 10_000);

  it("reports the pipeline from the posts to the documents, and the source of the posts", async () => {
    const flows = await waitForEvent<FunctionFlow[]>("pipeline", (all) => all.some(({ calls }) => calls > 0));
    const own = { failed: 0, topics: [], writesDocuments: false, readsChain: false };
    const expected = [
      { ...own, name: "last-block", readsChain: true },
      { ...own, name: "sentiment" },
      { ...own, name: "sentimentanalysis" },
      { ...own, name: "tweet-enrich", topics: ["twitter"], writesDocuments: true },
    ];
    // Functions that are added to stack.yml later appear as well.
    for (const flow of expected) expect(flows.find(({ name }) => name === flow.name)).toMatchObject(flow);
    expect(flows).toHaveLength(deployedNames.length);
    expect(await waitForEvent<About>("about", () => true)).toMatchObject({ postSource: "Invented posts" });
  }, 20_000);

  it("sends new posts while a page is open", async () => {
    const { hour } = await waitForEvent<SentimentView>("sentiment", () => true);
    await waitForEvent<SentimentView>("sentiment", (later) => later.hour.count > hour.count + 1);
    const { blocks } = await waitForEvent<ChainView>("chain", () => true);
    await waitForEvent<ChainView>("chain", (later) => later.blocks[0]!.number > blocks[0]!.number);
  }, 20_000);

  it("reports embedded services, disabled ones, and their settings", async () => {
    const health = await waitForEvent<DependencyView[]>("health", (all) =>
      all.every(({ state }) => state !== "checking"),
    );
    expect(health.map(({ name, kind, setting, state }) => [name, kind, setting, state])).toEqual([
      ["Functions", "real", "STACK", "up"],
      ["Ethereum", "embedded", "GETH_RPC_ENDPOINT", "up"],
      ["Elasticsearch", "embedded", "ELASTICSEARCH_URL", "up"],
      ["Kafka", "off", "KAFKA_BROKERS", "off"],
    ]);
  }, 20_000);

  it("shows each tweet sent to tweet-enrich once, as text", async () => {
    const text = "<script>alert(1)</script> What a wonderful day";
    const body = JSON.stringify([
      { id_str: "77", text },
      { id_str: "77", text },
    ]);
    for (let time = 0; time < 2; time += 1) expect((await enrich(body)).status).toBe(200);
    const { hour } = await waitForEvent<SentimentView>("sentiment", (view) =>
      view.hour.newest.some((post) => post.text === text),
    );
    expect(hour.newest.filter((post) => post.text === text)).toMatchObject([{ polarity: 1, handle: null }]);
  }, 20_000);

  it("keeps its documents across a restart", async () => {
    expect((await enrich(tweet("It will be remembered, beautiful as it is"))).status).toBe(200);
    await gateway[Symbol.asyncDispose]();
    gateway = await startGateway({ env: { ...withPosts, POSTS: "false" } });
    const { day } = await waitForEvent<SentimentView>("sentiment", () => true);
    expect(day.newest[0]).toMatchObject({
      text: "It will be remembered, beautiful as it is",
      handle: "ada",
      user: "Ada",
    });
    expect(day.count).toBeGreaterThan(60);
  }, 60_000);
});

describe("a transfer", () => {
  it("sends one ether of the embedded chain", async () => {
    const { accounts } = await waitForEvent<ChainView>("chain", () => true);
    const [from, to] = accounts.map(({ address }) => address);
    const answer = await transfer({ from, to });
    expect([answer.status, JSON.parse(answer.body).hash]).toEqual([
      200,
      expect.stringMatching(/^0x[\da-f]{64}$/),
    ]);
    const later = await waitForEvent<ChainView>(
      "chain",
      ({ accounts: [, second] }) => second?.ether === "201.0",
    );
    expect(later.accounts[0]?.ether).toMatch(/^98\.9999/);
  }, 20_000);

  it("is refused between other accounts, and with content types that foreign pages could send", async () => {
    const stranger = `0x${"1".repeat(40)}`;
    expect(JSON.parse((await transfer({ from: stranger, to: stranger })).body)).toMatchObject({
      status: 422,
      code: "transfer_refused",
    });
    const [from, to] = (await waitForEvent<ChainView>("chain", () => true)).accounts.map(
      ({ address }) => address,
    );
    for (const type of ["text/plain", "application/x-www-form-urlencoded"]) {
      expect((await transfer({ from, to }, { "content-type": type })).status).toBe(415);
    }
  }, 20_000);
});

describe("the page", () => {
  it("is small: all files together have less than 150 kB, gzipped", () => {
    const files = join(root, "packages", "gateway", "dist", "public");
    const bytes = readdirSync(files).map((file) => gzipSync(readFileSync(join(files, file))).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });

  it("loads nothing from other hosts, and only its own scripts", async () => {
    const page = await httpCall(`${gateway.url}/ui/`);
    expect(page.status).toBe(200);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(page.body).not.toMatch(/https?:\/\/|<script>|\sstyle=|\son\w+=/);
  });

  it("is the target of the redirect from / for browsers; curl gets its URL", async () => {
    const accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    expect(await httpCall(`${gateway.url}/`, { headers: { accept } })).toMatchObject({
      status: 302,
      headers: { location: "/ui/" },
    });
    const text = await httpCall(`${gateway.url}/`, { headers: { accept: "*/*" } });
    expect(text.body).toContain(`${gateway.url}/ui/`);
  });
});

it("the gateway stops without delay while a page is open", async () => {
  const reader = await events();
  const start = Date.now();
  await gateway[Symbol.asyncDispose]();
  expect(Date.now() - start).toBeLessThan(5_000);
  while ((await reader.next()).name !== "end");
}, 30_000);
