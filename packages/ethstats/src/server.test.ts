import { once } from "node:events";
import { join } from "node:path";
import { createLogger } from "@platform/shared/log/logger";
import { WebSocket } from "ws";
import { readEvents } from "../../../test/support/gateway/read-events.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { readConfig } from "./config.ts";
import type { NodeState } from "./node-state.ts";
import { type StartedEthstats, startEthstats } from "./server.ts";
import { FakeNode } from "./testing/fake-node.ts";
import { sampleClients } from "./testing/sample-clients.ts";
import {
  emitted,
  pastBlock,
  sampleBlock,
  sampleHash,
  sampleHello,
  sampleStats,
  toFacts,
} from "./testing/sample-messages.ts";

const secret = "correct horse";
/** Written by `npm run build`. */
const publicFolder = join(__dirname, "..", "dist", "public");

let server: StartedEthstats;
afterEach(() => server[Symbol.asyncDispose]());

/** Starts the server on loopback. */
async function start(env: Record<string, string> = {}) {
  const config = readConfig({ WS_SECRET: secret, HOST: "127.0.0.1", PORT: "0", ...env });
  server = await startEthstats(config, { log: createLogger("test", "silent"), publicFolder });
}

const login = (name: string) => FakeNode.login(server.url, name, secret);
const stranger = () => FakeNode.connect(server.url);
const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
const view = async () => (await (await get("/api/nodes")).json()) as { nodes: NodeState[]; blocks: object[] };
const findNode = async (name: string) => (await view()).nodes.find((node) => node.name === name);
const isOffline = async (name: string) => (await findNode(name))?.online === false;
const metrics = async () => (await get("/metrics")).text();
const refusals = async (reason: string) =>
  Number(new RegExp(`refused_total{reason="${reason}"} (\\d+)`).exec(await metrics())?.[1] ?? 0);

describe("a node", () => {
  beforeEach(() => start());

  it("appears in the list with its reports after a hello with the secret", async () => {
    const node = await login("s1");
    node.emit("latency", { latency: "28" });
    node.emit("block", { block: sampleBlock(7) });
    node.emit("pending", { stats: { pending: 4 } });
    node.emit("stats", { stats: sampleStats });
    await waitFor("the stats", async () => (await findNode("s1"))?.peers === 3);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const { transactionsRoot, stateRoot, ...block } = sampleBlock(7);
    expect(await findNode("s1")).toEqual({
      ...toFacts("s1"),
      online: true,
      since: time,
      latency: 3,
      pending: 4,
      ...sampleStats,
      uptime: 100,
      propagation: { milliseconds: 0, average: 0, histogram: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
      block: {
        ...block,
        baseFeePerGas: null,
        uncles: 0,
        difficulty: 2,
        totalDifficulty: Number(block.totalDifficulty),
        transactions: 1,
        received: time,
      },
    });
    expect(await (await get("/api/nodes")).text()).toContain('"totalDifficulty":38685626227668133590597633,');
  });

  it("receives a pong with its own time 50 ms after each ping", async () => {
    const node = await login("s1");
    const begin = performance.now();
    node.emit("node-ping", { clientTime: "2026-01-01 00:00:00 m=+1" });
    expect(await node.get("node-pong")).toEqual({
      clientTime: "2026-01-01 00:00:00 m=+1",
      serverTime: expect.any(Number),
    });
    expect(node.received.map(([type]) => type)).toEqual(["ready", "node-pong"]);
    expect(performance.now() - begin).toBeGreaterThan(45);
  });

  it("is asked once for the blocks before its first block", async () => {
    const node = await login("s1");
    node.emit("block", { block: sampleBlock(60) });
    const list = Array.from({ length: 49 }, (_, index) => 11 + index);
    expect(await node.get("history")).toEqual({ list, min: 11, max: 59 });
    node.emit("history", { history: list.map((number) => sampleBlock(number)) });
    node.emit("block", { block: sampleBlock(61) });
    await waitFor("block 61", async () => (await view()).blocks.length === 50);
    expect((await view()).blocks.at(-1)).toEqual({ ...pastBlock(61) });
    expect(node.received.filter(([type]) => type === "history")).toHaveLength(1);
  });

  it("replaces itself when it connects again", async () => {
    const before = await login("s1");
    const after = await login("s1");
    expect(await before.closed).toEqual({ code: 4000, reason: "replaced" });
    after.emit("latency", { latency: "34" });
    await waitFor("the latency", async () => (await findNode("s1"))?.latency === 9);
    expect((await view()).nodes).toMatchObject([{ name: "s1", online: true }]);
  });

  it("is offline after it disconnects, and online after it reconnects", async () => {
    const before = await login("s1");
    before.emit("latency", { latency: "28" });
    await waitFor("the latency", async () => (await findNode("s1"))?.latency === 3);
    before.socket.terminate();
    await waitFor("offline", () => isOffline("s1"));
    expect((await findNode("s1"))?.latency).toBe(3);
    await login("s1");
    expect((await findNode("s1"))?.online).toBe(true);
  });

  it.each(['<img src=x onerror="alert(1)">', "__proto__", "\u202e\u0000\ud800", "💎 node"])(
    "keeps the name %j in the list",
    async (name) => {
      const node = await login(name);
      node.emit("stats", { stats: sampleStats });
      await waitFor("its stats", async () => (await findNode(name))?.peers === 3);
      expect((await view()).nodes.map((each) => each.name)).toEqual([name]);
    },
  );

  it.each([
    ["not_json", "{"],
    ["not_emit", '"hello"'],
    ["unknown_type", emitted("charts", {})],
    ["bad_payload", emitted("block", { block: { number: "seven" } })],
  ])("may send a message that is refused with %s", async (reason, text) => {
    const node = await login("s1");
    node.socket.send(text);
    node.socket.send(Buffer.from(text));
    node.emit("latency", { latency: "28" });
    await waitFor("the latency", async () => (await findNode("s1"))?.latency === 3);
    expect(await refusals(reason)).toBe(2);
  });
});

describe("clients", () => {
  beforeEach(() => start());

  it.each(Object.entries(sampleClients))(
    "show %s with its block",
    async (_client, { hello, messages, version, expected }) => {
      const node = await stranger();
      node.socket.send(hello(secret));
      await node.get("ready");
      for (const message of messages) node.socket.send(message);
      await waitFor("the stats", async () => typeof (await findNode("node-a"))?.peers === "number");
      const { name, block, ...facts } = (await findNode("node-a"))!;
      expect(facts).toMatchObject({ ...expected, version });
      expect(block).toMatchObject({
        number: 7,
        hash: sampleHash(7),
        timestamp: 1_700_000_014,
        gasLimit: 30_000_000,
      });
      expect(await metrics()).not.toContain("refused_total{");
    },
  );

  it("get a pong of Primus before and after the hello", async () => {
    const node = await FakeNode.connect(server.url, "s1", "/api?_primuscb=NdNrgCy");
    node.socket.send('{"_latency":0}');
    node.socket.send('"primus::ping::1700000000000"');
    await waitFor("the pong", () => node.frames.includes("primus::pong::1700000000000"));
    node.emit("node-ping", { clientTime: 1_700_000_000_000 });
    expect(await node.get("node-pong")).toMatchObject({ clientTime: 1_700_000_000_000 });
    node.socket.send(emitted("hello", sampleHello("s1", secret)));
    await node.get("ready");
    node.socket.send('"primus::ping::1700000000001"');
    await waitFor("the second pong", () => node.frames.includes("primus::pong::1700000000001"));
  });

  it.each(["/api", "/api/", "//api", "/api?_primuscb=x"])("connect to %s", async (path) => {
    const node = await FakeNode.connect(server.url, "s1", path);
    node.socket.send(emitted("hello", sampleHello("s1", secret)));
    await node.get("ready");
  });

  it("may send a second hello", async () => {
    const node = await login("s1");
    node.socket.send(emitted("hello", sampleHello("s1", secret)));
    await waitFor("ready", () => node.received.filter(([type]) => type === "ready").length === 2);
  });
});

describe("a refused connection", () => {
  it.each([
    ["wrong_secret", emitted("hello", sampleHello("s1", "wrong horse"))],
    ["wrong_secret", emitted("hello", sampleHello("s1", ""))],
    ["hello_expected", emitted("block", { id: "s1", block: sampleBlock(1) })],
    ["bad_payload", emitted("hello", { secret })],
    ["bad_payload", emitted("hello", sampleHello("n".repeat(101), secret))],
    ["not_json", "GET / HTTP/1.1"],
  ])("gets the close reason %s", async (reason, text) => {
    await start();
    const node = await stranger();
    node.socket.send(text);
    node.socket.send(emitted("hello", sampleHello("s1", secret)));
    expect(await node.closed).toEqual({ code: 1008, reason: expect.stringMatching(`^${reason}(: |$)`) });
    expect(node.received).toEqual([]);
    expect((await view()).nodes).toEqual([]);
    expect(await refusals(reason)).toBe(1);
  });

  it("gets the field and the expected form as close reason", async () => {
    await start();
    const node = await stranger();
    node.socket.send(emitted("hello", { id: "0x".padEnd(130, "a"), info: { name: null }, secret }));
    expect((await node.closed).reason).toBe(
      "bad_payload: info.name: expected text of 1 to 100 characters, got null",
    );
  });

  it("gets hello_late after HELLO_TIMEOUT", async () => {
    await start({ HELLO_TIMEOUT: "50ms" });
    expect(await (await stranger()).closed).toEqual({ code: 1008, reason: "hello_late" });
  });

  it("gets too_many_nodes when MAX_NODES nodes are online", async () => {
    await start({ MAX_NODES: "1" });
    await login("s1");
    const node = await stranger();
    node.socket.send(emitted("hello", sampleHello("s2", secret)));
    expect(await node.closed).toEqual({ code: 1013, reason: "too_many_nodes" });
  });

  it("gets 503 when 50 connections have not sent a hello", async () => {
    await start();
    await login("s1");
    const strangers = await Promise.all(Array.from({ length: 50 }, stranger));
    const socket = new WebSocket(`${server.url}/api`);
    const [, answer] = await once(socket, "unexpected-response");
    expect(answer.statusCode).toBe(503);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    socket.on("error", () => socket.terminate()).terminate();
    strangers[0]!.socket.close();
    await strangers[0]!.closed;
    await login("s2");
  });
});

describe("limits", () => {
  it("end a connection with a message that is too large", async () => {
    await start({ MAX_MESSAGE_BYTES: "10000" });
    const node = await login("s1");
    node.emit("latency", { latency: "28", more: "x".repeat(10_000) });
    expect((await node.closed).code).toBe(1009);
    await waitFor("offline", () => isOffline("s1"));
    expect(await refusals("too_large")).toBe(1);
  });

  it.each([300, 2_000])("do not apply to requested blocks: 50 with %d transactions", async (count) => {
    await start();
    const node = await login("s1");
    const transactions = Array.from({ length: count }, (_, index) => ({ hash: sampleHash(index) }));
    node.emit("block", { block: { ...sampleBlock(60), transactions } });
    await node.get("history");
    const history = Array.from({ length: 50 }, (_, index) => ({
      ...sampleBlock(60 - index),
      transactions,
    }));
    expect(JSON.stringify(history).length).toBeGreaterThan(1_000_000);
    node.emit("history", { history });
    await waitFor("the blocks", async () => (await view()).blocks.length === 50);
    expect((await findNode("s1"))?.online).toBe(true);
    // The higher limit applies to a single answer.
    node.emit("history", { history });
    expect((await node.closed).code).toBe(1009);
  });

  it("are larger for Besu, which sends full transactions, and smaller before the hello", async () => {
    await start();
    const transactions = Array.from({ length: 2_000 }, () => ({ input: "0x".padEnd(1_000, "0") }));
    const besu = await stranger();
    besu.socket.send(sampleClients.Besu!.hello(secret));
    await besu.get("ready");
    besu.emit("block", { block: { ...sampleBlock(7), transactions } });
    await waitFor("the block", async () => (await findNode("node-a"))?.block?.transactions === 2_000);
    const early = await stranger();
    early.socket.send(emitted("hello", { ...sampleHello("s1", secret), more: "x".repeat(100_000) }));
    expect((await early.closed).code).toBe(1009);
  });

  it("bound the number of requested blocks", async () => {
    await start({ MAX_MESSAGE_BYTES: "1000", MAX_HISTORY_BYTES: "15000" });
    const node = await login("s1");
    node.emit("block", { block: sampleBlock(60) });
    const { list } = (await node.get("history")) as { list: number[] };
    expect(list.at(-1)).toBe(59);
    expect(list.length).toBeGreaterThan(3);
    const answer = { history: list.map((number) => ({ ...sampleBlock(number), more: "x".repeat(500) })) };
    node.emit("history", answer);
    await waitFor("the blocks", async () => (await view()).blocks.length === list.length + 1);
  });

  it("end an open connection without messages after SILENCE_LIMIT", async () => {
    await start({ SILENCE_LIMIT: "200ms" });
    const node = await login("s1");
    expect((await node.closed).code).toBe(1006);
    await waitFor("offline", () => isOffline("s1"));
    expect(await refusals("silent")).toBe(1);
  });

  it("keep the connection of a node that reports", async () => {
    await start({ HELLO_TIMEOUT: "300ms", SILENCE_LIMIT: "300ms" });
    const node = await login("s1");
    const pongs = () => node.received.filter(([type]) => type === "node-pong").length;
    // Each takes 50 ms.
    for (let count = 1; count <= 10; count++) {
      node.emit("node-ping", { clientTime: "now" });
      await waitFor("the pong", () => pongs() === count);
    }
    expect(node.socket.readyState).toBe(WebSocket.OPEN);
  });

  it("remove an offline node from the list after FORGET_AFTER", async () => {
    await start({ FORGET_AFTER: "10ms" });
    (await login("s1")).socket.terminate();
    await waitFor("an empty list", async () => (await view()).nodes.length === 0);
  });

  it("end a connection with a broken frame", async () => {
    await start();
    const node = await login("s1");
    (node.socket as unknown as { _socket: NodeJS.WritableStream })._socket.write("\xff\xff");
    expect((await node.closed).code).toBe(1002);
    expect(await refusals("bad_frame")).toBe(1);
  });
});

describe("events", () => {
  it("begin with a snapshot, then send changes", async () => {
    await start({ FORGET_AFTER: "400ms" });
    const node = await login("s1");
    const events = await readEvents(`${server.url}/api/events`);
    expect(events.answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(events.answer.headers.get("cache-control")).toBe("no-store");
    expect(await events.next()).toMatchObject({
      name: "snapshot",
      data: { time: expect.any(String), nodes: [{ name: "s1", online: true, block: null }], blocks: [] },
    });
    node.emit("block", { block: sampleBlock(7) });
    let event = await events.next();
    // The event that the node came online may follow the snapshot.
    if ((event.data as NodeState[])[0]?.block === null) event = await events.next();
    expect(event).toMatchObject({ name: "nodes", data: [{ name: "s1", block: { number: 7 } }] });
    expect(await events.next()).toMatchObject({ name: "blocks", data: [{ number: 7, seconds: null }] });
    node.socket.terminate();
    expect(await events.next()).toMatchObject({ name: "nodes", data: [{ name: "s1", online: false }] });
    expect(await events.next()).toEqual({ name: "forgotten", data: { name: "s1" } });
    events.cancel();
  });

  it("answer 503 to more than MAX_EVENT_CLIENTS readers", async () => {
    await start({ MAX_EVENT_CLIENTS: "1" });
    const first = await readEvents(`${server.url}/api/events`);
    const second = await get("/api/events");
    expect(second.status).toBe(503);
    expect(await second.json()).toMatchObject({ code: "too_many_readers" });
    first.cancel();
    await waitFor("room", async () => {
      const next = await readEvents(`${server.url}/api/events`);
      next.cancel();
      return next.answer.ok;
    });
  });

  it("answer HEAD with headers alone", async () => {
    await start();
    expect((await get("/api/events", { method: "HEAD" })).headers.get("content-type")).toMatch(
      /^text\/event-stream/,
    );
  });
});

describe("the server", () => {
  beforeEach(() => start());

  it("serves a page that loads nothing from other hosts", async () => {
    const page = await get("/");
    const policy = page.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, file]) => file!);
    expect(files.sort()).toEqual(["api/nodes", "icon.svg", "page.js", "style.css", "theme.js"]);
    for (const file of files) expect((await get(`/${file}`)).status).toBe(200);
    expect(html).not.toMatch(/<script(?![^>]*src=)|\son\w+=|style=/);
  });

  it.each([
    [{}, null],
    [{ CONSOLE_PAGE: "https://platform.example/ui/" }, "https://platform.example/ui/"],
  ])("returns the URL of the console to the page: %p", async (env: Record<string, string>, url) => {
    await server[Symbol.asyncDispose]();
    await start(env);
    expect(await (await get("/api/links")).json()).toEqual({ console: url });
  });

  it("serves a page program that never parses HTML", async () => {
    expect(await (await get("/page.js")).text()).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|eval\(/);
  });

  it.each([
    ["GET", "/api", 426, "upgrade_required"],
    ["POST", "/api", 426, "upgrade_required"],
    ["GET", "/api/node", 404, "not_found"],
    ["GET", "/../package.json", 404, "not_found"],
  ])("answers %s %s with %d", async (method, path, status, code) => {
    const answer = await get(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status, code });
  });

  it("offers the upgrade to WebSocket at /api", async () => {
    expect((await get("/api")).headers.get("upgrade")).toBe("websocket");
  });

  it("refuses WebSockets elsewhere", async () => {
    const socket = new WebSocket(`${server.url}/primus`);
    const [, answer] = await once(socket, "unexpected-response");
    expect(answer.statusCode).toBe(404);
    socket.on("error", () => socket.terminate()).terminate();
  });

  it("survives the TLS handshake that Geth tries first", async () => {
    const socket = new WebSocket(`${server.url.replace("http", "wss")}/api`);
    await once(socket, "error");
    await login("s1");
  });

  it("is live and ready, and counts messages", async () => {
    expect(await metrics()).not.toMatch(/^ethstats_last_block_timestamp_seconds /m);
    expect((await get("/healthz")).status).toBe(200);
    expect((await get("/readyz")).status).toBe(200);
    const node = await login("s1");
    await login("s2");
    node.emit("block", { block: sampleBlock(7) });
    node.emit("latency", { latency: "28" });
    await waitFor("the latency", async () => (await findNode("s1"))?.latency === 3);
    const text = await metrics();
    expect(text).toContain('ethstats_nodes{state="online"} 2');
    expect(text).toContain('ethstats_nodes{state="offline"} 0');
    expect(text).toContain("ethstats_best_block 7");
    expect(text).toContain("ethstats_block_producers 1");
    expect(text).toMatch(/^ethstats_last_block_timestamp_seconds \d{10}/m);
    expect(text).toContain('ethstats_messages_received_total{type="hello"} 2');
    expect(text).toContain('ethstats_messages_received_total{type="block"} 1');
  });

  it("closes every connection with 1001 when it stops", async () => {
    const node = await login("s1");
    const waiting = await stranger();
    const events = await readEvents(`${server.url}/api/events`);
    await events.next();
    await get("/api/nodes");
    const begin = Date.now();
    await server[Symbol.asyncDispose]();
    expect(Date.now() - begin).toBeLessThan(900);
    expect((await node.closed).code).toBe(1001);
    expect((await waiting.closed).code).toBe(1001);
    expect(await events.next()).toMatchObject({ name: expect.stringMatching(/nodes|end/) });
  });

  it("stops within 3 s when a node does not confirm the close", async () => {
    const node = await login("s1");
    node.socket.pause();
    const begin = Date.now();
    await server[Symbol.asyncDispose]();
    expect(Date.now() - begin).toBeLessThan(3_000);
  });
});

it.each([["::1"], ["127.0.0.1"], [""]])("listens on HOST=%j", async (HOST) => {
  await start({ HOST });
  const node = await login("s1");
  expect(node.received).toEqual([["ready"]]);
});

it("logs no secret", async () => {
  const lines: unknown[] = [];
  const log = {
    info: (...line: unknown[]) => lines.push(line),
    warn: (...line: unknown[]) => lines.push(line),
  };
  const config = readConfig({ WS_SECRET: secret, HOST: "127.0.0.1", PORT: "0" });
  server = await startEthstats(config, { log: log as never, publicFolder });
  await login("s1");
  const node = await stranger();
  node.socket.send(emitted("hello", sampleHello("s1", `${secret}!`)));
  await node.closed;
  const nameless = await stranger();
  nameless.socket.send(emitted("hello", { id: secret.repeat(10), secret, info: { name: 7 } }));
  await nameless.closed;
  expect(JSON.stringify(lines)).toContain("wrong_secret");
  expect(JSON.stringify(lines)).toContain("info.name: expected text of 1 to 100 characters, got a number");
  expect(JSON.stringify(lines)).not.toContain(secret);
});
