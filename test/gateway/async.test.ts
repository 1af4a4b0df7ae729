import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { buildFixture } from "../conformance/build-fixture.ts";
import { callEach, callIds, startCallbacks } from "../support/gateway/callbacks.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { waitFor } from "../support/wait-for.ts";

const folder = mkdtempSync(join(tmpdir(), "gateway-"));
let handlers: Record<"contract" | "mirror", string>;
beforeAll(() => {
  handlers = { contract: buildFixture("contract"), mirror: buildFixture("mirror") };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  for (const handler of Object.values(handlers)) rmSync(dirname(handler), { recursive: true });
});

let folders = 0;
const newDataFolder = () => join(folder, `data-${folders++}`);

/** Starts a gateway with the fixtures as functions and a data folder. */
function start(dataFolder: string, names = ["contract", "mirror"] as (keyof typeof handlers)[], env = {}) {
  const stack = join(folder, "stack.yml");
  const environment = { RAW_BODY: "true", NODE_ENV: "production", exec_timeout: "2s" };
  const functions = Object.fromEntries(names.map((name) => [name, { handler: handlers[name], environment }]));
  writeFileSync(stack, JSON.stringify({ functions }));
  const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
  return startGateway({ args: ["--stack", stack], env: { ...noChain, DATA_DIR: dataFolder, ...env } });
}

async function kill(gateway: StartedGateway): Promise<void> {
  gateway.signal("SIGKILL");
  await gateway.ended;
}

const metric = async (gateway: StartedGateway, line: RegExp) =>
  Number(line.exec((await httpCall(`${gateway.url}/metrics`)).body)?.[1]);
const queueLength = (gateway: StartedGateway) => metric(gateway, /^gateway_async_queue_length (\d+)$/m);

describe("an asynchronous call", () => {
  it("survives SIGKILL of the gateway: all 500 accepted calls get their callbacks", async () => {
    const dataFolder = newDataFolder();
    await using callbacks = await startCallbacks();
    const killed = await start(dataFolder);
    const accepting = callEach(`${killed.url}/async-function/contract?ms=20`, callIds(500), callbacks.url);
    await waitFor("some callbacks", () => callbacks.ids().size >= 50);
    const accepted = await accepting;
    expect(accepted).toHaveLength(500);
    await kill(killed);
    const before = callbacks.ids().size;
    expect(before).toBeLessThan(500);
    await using again = await start(dataFolder);
    await waitFor("all callbacks", () => accepted.every((id) => callbacks.ids().has(id)), 40_000);
    await waitFor("an empty queue", async () => (await queueLength(again)) === 0);
    // Only calls in flight were repeated.
    expect(callbacks.received.length).toBeLessThanOrEqual(500 + 2 * 4);
  }, 90_000);

  it("is stored in a file even with an external Elasticsearch", async () => {
    const dataFolder = newDataFolder();
    await using callbacks = await startCallbacks();
    const env = { ELASTICSEARCH_URL: "http://127.0.0.1:1" };
    const killed = await start(dataFolder, ["contract"], env);
    await callEach(`${killed.url}/async-function/contract?ms=500`, callIds(20), callbacks.url);
    await kill(killed);
    await using _again = await start(dataFolder, ["contract"], env);
    await waitFor("all callbacks", () => callbacks.ids().size === 20, 20_000);
  }, 60_000);

  it("waits for the next start after a shutdown, during which calls in flight finish", async () => {
    const dataFolder = newDataFolder();
    await using callbacks = await startCallbacks();
    const ended = await start(dataFolder);
    await callEach(`${ended.url}/async-function/contract/slow?ms=500`, callIds(20), callbacks.url);
    ended.signal("SIGTERM");
    expect(await ended.ended).toBe(0);
    const before = callbacks.received.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(20);
    await using _again = await start(dataFolder);
    await waitFor("all callbacks", () => callbacks.ids().size === 20, 20_000);
    expect(callbacks.received).toHaveLength(20);
  }, 60_000);

  it("is reported with 404 when its function is missing at the next start, and does not delay others", async () => {
    const dataFolder = newDataFolder();
    await using callbacks = await startCallbacks();
    const killed = await start(dataFolder);
    const busy = callEach(`${killed.url}/async-function/contract?ms=1000`, callIds(4), callbacks.url);
    await busy;
    await callEach(`${killed.url}/async-function/mirror`, ["of-a-function-that-goes"], callbacks.url);
    await callEach(`${killed.url}/async-function/contract`, ["neighbour"], callbacks.url);
    await kill(killed);
    await using _again = await start(dataFolder, ["contract"]);
    expect((await callbacks.of("neighbour", 5_000)).headers["x-function-status"]).toBe("200");
    const lost = await callbacks.of("of-a-function-that-goes", 20_000);
    expect(lost.headers["x-function-status"]).toBe("404");
  }, 60_000);
});

describe("with one gateway", () => {
  const dataFolder = newDataFolder();
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await start(dataFolder);
  }, 60_000);
  afterAll(() => gateway?.[Symbol.asyncDispose](), 30_000);

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
  ])(
    "a body with Content-Encoding %s reaches the function as in a synchronous call",
    async (encoding, compress) => {
      await using callbacks = await startCallbacks();
      const body = compress("People are kind");
      const headers = { "content-encoding": encoding, "content-type": "text/plain" };
      const synchronous = await httpCall(`${gateway.url}/function/mirror`, { body, headers });
      const accepted = await httpCall(`${gateway.url}/async-function/mirror`, {
        body,
        headers: { ...headers, "x-callback-url": callbacks.url, "x-call-id": encoding },
      });
      expect(accepted.status).toBe(202);
      const callback = await callbacks.of(encoding);
      expect(callback.headers["x-function-status"]).toBe(String(synchronous.status));
      if (synchronous.status !== 200) return expect(callback.body).toBe(synchronous.body);
      expect(JSON.parse(callback.body).body).toBe("People are kind");
      expect(JSON.parse(callback.body).body).toBe(JSON.parse(synchronous.body).body);
    },
  );

  it("a body with a wrong Content-Encoding is accepted, and refused by the function's host", async () => {
    await using callbacks = await startCallbacks();
    const headers = { "content-encoding": "gzip", "x-callback-url": callbacks.url, "x-call-id": "broken" };
    const accepted = await httpCall(`${gateway.url}/async-function/mirror`, { body: "plain", headers });
    expect(accepted.status).toBe(202);
    expect((await callbacks.of("broken")).headers["x-function-status"]).toBe("400");
  });

  it("the function gets method, path, query and headers, but no credentials", async () => {
    await using callbacks = await startCallbacks();
    const headers = {
      authorization: "Bearer hunter2",
      cookie: "session=hunter2",
      "x-custom": "kept",
      "x-callback-url": callbacks.url,
      "x-call-id": "whole",
    };
    await httpCall(`${gateway.url}/async-function/mirror/below?a=1`, { method: "PUT", body: "x", headers });
    const call = JSON.parse((await callbacks.of("whole")).body);
    expect(call).toMatchObject({ method: "PUT", path: "/below", body: "x" });
    expect(call.headers).toMatchObject({ "x-custom": "kept", "x-call-id": "whole" });
    expect(JSON.stringify(call)).not.toContain("hunter2");
    for (const file of ["async.db", "async.db-wal"]) {
      expect(readFileSync(join(dataFolder, file)).includes("hunter2")).toBe(false);
    }
  });

  it("is kept for the console with its result or the reason of its failure", async () => {
    await using callbacks = await startCallbacks();
    const api = `${gateway.url}/ui/api/functions`;
    const read = async (path: string) => JSON.parse((await httpCall(`${api}/${path}`)).body);
    await callEach(`${gateway.url}/async-function/mirror/below?a=1`, ["kept"], callbacks.url);
    await callEach(`${gateway.url}/async-function/contract?ms=10000`, ["late"], callbacks.url);
    await waitFor("both", async () => {
      const states = await Promise.all(["mirror/async-calls/kept", "contract/async-calls/late"].map(read));
      return states.every(({ callback }) => callback === "delivered");
    });
    const kept = await read("mirror/async-calls/kept");
    expect(kept).toMatchObject({ state: "ended", status: 200, path: "/below?a=1", failure: "" });
    expect(JSON.parse(kept.answer.body)).toMatchObject({ path: "/below" });
    expect(await read("contract/async-calls/late")).toMatchObject({
      status: 504,
      answer: null,
      failure: "The function contract took longer than its exec_timeout.",
    });
    const { calls } = await read("mirror/calls");
    expect(calls.find(({ callId }: { callId: string }) => callId === "kept")).toMatchObject({
      status: 200,
      kind: "async",
    });
  }, 20_000);

  it("a failed callback is retried until it succeeds", async () => {
    let tries = 0;
    await using callbacks = await startCallbacks((response) => {
      tries += 1;
      response.writeHead(tries < 3 ? 503 : 200).end();
    });
    await callEach(`${gateway.url}/async-function/mirror`, ["third-try"], callbacks.url);
    await waitFor("the third try", () => tries === 3);
    const delivered = /^gateway_async_callbacks_total\{outcome="delivered"\} (\d+)$/m;
    await waitFor("the count", async () => (await metric(gateway, delivered)) > 0);
    await waitFor("an empty queue", async () => (await queueLength(gateway)) === 0);
    expect(tries).toBe(3);
  });

  it("a permanently refused callback is given up at once", async () => {
    await using callbacks = await startCallbacks((response) => response.writeHead(410).end());
    await callEach(`${gateway.url}/async-function/mirror`, ["refused"], callbacks.url);
    await waitFor("the log", () => /"call_id":"refused".*"callback_given_up"/.test(gateway.output()));
    expect(callbacks.received).toHaveLength(1);
    await waitFor("an empty queue", async () => (await queueLength(gateway)) === 0);
  });

  it("a call above its time limit is reported with 504, and does not delay other calls", async () => {
    await using callbacks = await startCallbacks();
    await callEach(`${gateway.url}/async-function/mirror/never`, ["sleeper"], callbacks.url);
    await callEach(`${gateway.url}/async-function/mirror`, ["awake"], callbacks.url);
    await callbacks.of("awake", 1_500);
    expect(callbacks.ids().has("sleeper")).toBe(false);
    expect((await callbacks.of("sleeper", 5_000)).headers["x-function-status"]).toBe("504");
  });

  it("accepted calls are counted by function", async () => {
    const accepted = /^gateway_async_accepted_total\{function_name="mirror"\} (\d+)$/m;
    const before = await metric(gateway, accepted);
    await httpCall(`${gateway.url}/async-function/mirror`, { body: "x" });
    expect(await metric(gateway, accepted)).toBe(before + 1);
  });
});
