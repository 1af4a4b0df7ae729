import http from "node:http";
import { buffer } from "node:stream/consumers";
import { deployedNames } from "../support/functions/stack-functions.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { type StartedListener, startListener } from "../support/http/listener.ts";
import { readDescendants } from "../support/process/processes.ts";
import { platformVersion } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startGateway();
}, 60_000);
afterAll(() => gateway?.[Symbol.asyncDispose](), 30_000);

const call = (path: string, options = {}) => httpCall(gateway.url + path, options);
const json = async (path: string, options = {}) => JSON.parse((await call(path, options)).body);

describe("the curl lines that npm start prints", () => {
  it("all work", async () => {
    const lines = [...gateway.output().matchAll(/^ {2}curl (?:-d '([^']*)' )?(\S+)$/gm)];
    expect(lines).toHaveLength(3);
    const [sentiment, block, document] = await Promise.all(
      lines.map(async ([, body, url]) => {
        const form = { "content-type": "application/x-www-form-urlencoded" };
        const answer = await httpCall(url!, body === undefined ? {} : { body, headers: form });
        expect(answer.status).toBe(200);
        return JSON.parse(answer.body);
      }),
    );
    expect(sentiment).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
    expect(block).toMatchObject({
      number: expect.any(Number),
      hash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    });
    expect(document).toMatchObject({ "twitter.handle": "ada", sentence_count: 1 });
  });
});

describe("/function/<name>", () => {
  it("answers under the name of the sentiment function in OpenFaaS's store, too", async () => {
    const answer = await json("/function/sentimentanalysis", { body: "People are kind" });
    expect(answer).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
  });

  it("accepts names with a namespace, subpaths and queries", async () => {
    expect(await json("/function/sentiment.openfaas-fn", { body: "People are kind" })).toMatchObject({
      polarity: 0.6,
    });
    expect(await json("/function/sentiment/healthz")).toEqual({ status: "ok" });
    expect(await json("/function/sentiment?engine=afinn", { body: "I love it" })).toMatchObject({
      polarity: 0.2,
    });
    expect(await json("/function/sentiment/?engine=afinn", { body: "I love it" })).toMatchObject({
      polarity: 0.2,
    });
  });

  it("forwards the metrics of functions, because the gateway listens on loopback", async () => {
    await call("/function/sentimentanalysis", { body: "People are kind" });
    const { body } = await call("/function/sentimentanalysis/metrics");
    expect(body).toMatch(
      /^function_call_duration_seconds_count\{function="sentimentanalysis",code="200"\} \d+$/m,
    );
    expect(body).toMatch(/^sentiment_engine_duration_seconds_count\{function="sentimentanalysis"\} \d+$/m);
    expect(body).toContain(`version="${platformVersion}"`);
  });

  it("adds call id, start time in nanoseconds and duration", async () => {
    const before = Date.now();
    const { headers } = await call("/function/sentiment", { body: "x", headers: { "x-call-id": "call-9" } });
    expect(headers["x-call-id"]).toBe("call-9");
    const started = Number(BigInt(String(headers["x-start-time"])) / 1_000_000n);
    expect(started).toBeGreaterThanOrEqual(before);
    expect(started).toBeLessThanOrEqual(Date.now());
    expect(String(headers["x-duration-seconds"])).toMatch(/^\d+\.\d{6}$/);
    expect((await call("/function/sentiment", { body: "x" })).headers["x-call-id"]).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });

  it("forwards bodies byte for byte, including large and chunked ones", async () => {
    const body = "It is good. ".repeat(80_000);
    for (const chunked of [false, true]) {
      const headers = { "content-type": "application/octet-stream" };
      expect(await json("/function/sentiment", { body, chunked, headers })).toMatchObject({
        sentence_count: 80_000,
      });
    }
  });

  it("forwards the function's answer: status, headers, HEAD", async () => {
    const wrong = await call("/function/sentiment", { method: "PUT", body: "x" });
    expect(wrong).toMatchObject({ status: 405, headers: { allow: "POST, OPTIONS" } });
    expect(await call("/function/last-block", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  it("forwards 413 of the function and of the template", async () => {
    const ours = await call("/function/sentiment", { body: "x".repeat(1_000_001) });
    expect(JSON.parse(ours.body)).toMatchObject({ status: 413, code: "body_too_large" });
    expect((await call("/function/sentiment", { body: "x".repeat(1_100_000) })).status).toBe(413);
    expect(await json("/function/sentiment", { body: "People are kind" })).toMatchObject({ polarity: 0.6 });
  });

  it("keeps serving when callers hang up in the middle of a body", async () => {
    for (let n = 0; n < 20; n += 1) await hangUp(`${gateway.url}/function/sentiment`);
    expect(await json("/function/sentiment", { body: "People are kind" })).toMatchObject({ polarity: 0.6 });
  });

  it("answers 404 for an unknown function, and 400 or 404 for a malformed name", async () => {
    expect(JSON.parse((await call("/function/nobody")).body)).toMatchObject({
      status: 404,
      code: "function_not_found",
      detail: `There is no function "nobody"; available: ${deployedNames.join(", ")}.`,
    });
    for (const path of ["/function/", "/function/%E0%A4%A", "/nothing", "/system/nothing"]) {
      const answer = await call(path);
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers["content-type"]).toMatch("application/problem+json");
    }
  });

  it("recovers when the function's process is killed", async () => {
    const findProcess = () =>
      readDescendants(gateway.pid).find(({ command }) => command.includes("tweet-enrich"));
    const victim = findProcess()!;
    process.kill(victim.pid, "SIGKILL");
    await waitFor("another process", () => (findProcess()?.pid ?? victim.pid) !== victim.pid);
    const body = '{"text":"People are kind"}';
    expect(await json("/function/tweet-enrich", { body })).toMatchObject({ polarity: 0.6 });
    expect(gateway.output()).toContain("tweet-enrich ended (SIGKILL); starting it again");
  });
});

describe("the embedded chain", () => {
  const chain = async (method: string, ...params: unknown[]) => {
    const url = /embedded chain at (http:\S+),/.exec(gateway.output())![1]!;
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    return JSON.parse((await httpCall(url, { body, headers: { "content-type": "application/json" } })).body)
      .result;
  };

  it("is the platform's network with its two funded accounts", async () => {
    expect(Number(await chain("eth_chainId"))).toBe(27587);
    const ether = async (account: string) =>
      BigInt(await chain("eth_getBalance", account, "latest")) / 10n ** 18n;
    expect(await ether("0xFa4087D3688a289c9C92e773a7b46cb9CCf80353")).toBe(100n);
    expect(await ether("0x8ab8F3fc6c660d3f0B22490050C843cafd2c0AAC")).toBe(200n);
  });

  it("produces blocks, and last-block returns them unchanged", async () => {
    const first = await json("/function/last-block");
    const later = await waitFor("a later block", async () => {
      const block = await json("/function/last-block");
      return block.number > first.number ? block : undefined;
    });
    expect(later.timestamp).toBeGreaterThan(first.timestamp);
    const raw = await chain("eth_getBlockByHash", later.hash, false);
    expect(Object.keys(later)).toEqual(Object.keys(raw).sort());
    expect(later).toMatchObject({
      number: Number(raw.number),
      size: Number(raw.size),
      logsBloom: raw.logsBloom,
    });
    expect(await json(`/function/last-block?block=${later.hash}`)).toEqual(later);
    expect(await json(`/function/last-block?block=${later.number}`)).toEqual(later);
  });

  it("has no block in the future", async () => {
    expect(await json("/function/last-block?block=99999999")).toMatchObject({
      status: 404,
      code: "block_not_found",
    });
  });
});

describe("/async-function/<name>", () => {
  interface Callback {
    headers: NodeJS.Dict<string | string[]>;
    body: string;
  }
  const callbacks: Callback[] = [];
  let listener: StartedListener;
  beforeAll(async () => {
    listener = await startListener(async (request, response) => {
      callbacks.push({ headers: request.headers, body: (await buffer(request)).toString() });
      response.end();
    });
  });
  afterAll(() => listener?.[Symbol.asyncDispose]());
  const result = (id: string) =>
    waitFor(`the result of ${id}`, () => callbacks.find(({ headers }) => headers["x-call-id"] === id));

  it("answers 202 and posts the result to X-Callback-Url", async () => {
    const headers = { "x-callback-url": `${listener.url}/results`, "x-call-id": "async-1" };
    const accepted = await call("/async-function/sentiment", { body: "People are kind", headers });
    expect(accepted).toMatchObject({ status: 202, headers: { "x-call-id": "async-1" } });
    const callback = await result("async-1");
    expect(JSON.parse(callback.body)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
    expect(callback.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-function-name": "sentiment",
      "x-function-status": "200",
      "x-duration-seconds": expect.stringMatching(/^\d+\.\d+$/),
    });
  });

  it("reports a failed call with its status", async () => {
    const headers = { "x-callback-url": listener.url, "x-call-id": "async-2" };
    await call("/async-function/sentiment", { body: " ", headers });
    expect((await result("async-2")).headers["x-function-status"]).toBe("400");
  });

  it("refuses callbacks to hosts that are not allowed", async () => {
    for (const url of ["http://10.0.0.1/", "http://metadata.example/", "nonsense"]) {
      const answer = await call("/async-function/sentiment", {
        body: "x",
        headers: { "x-callback-url": url },
      });
      expect(JSON.parse(answer.body)).toMatchObject({ status: 400, code: "callback_refused" });
    }
  });

  it("refuses calls that exceed the limits of OpenFaaS's queue", async () => {
    const answer = await call("/async-function/sentiment", { body: "x".repeat(256_001) });
    expect(JSON.parse(answer.body)).toMatchObject({ status: 413, code: "body_too_large" });
  });
});

describe("/system and /healthz", () => {
  it("lists the functions of stack.yml", async () => {
    const functions = await json("/system/functions");
    expect(functions.map(({ name }: { name: string }) => name)).toEqual(deployedNames);
    expect(functions.find(({ name }: { name: string }) => name === "tweet-enrich")).toMatchObject({
      namespace: "openfaas-fn",
      replicas: 1,
      availableReplicas: 1,
      annotations: { topic: "twitter" },
    });
  });

  it("describes a function with the count of its calls, but without its environment", async () => {
    const before = await json("/system/function/sentiment?usage=1");
    await call("/function/sentiment", { body: "x" });
    const after = await json("/system/function/sentiment?usage=1&namespace=openfaas-fn");
    expect(after.invocationCount).toBe(before.invocationCount + 1);
    expect(JSON.stringify(after)).not.toContain("RAW_BODY");
    expect((await call("/system/function/nobody")).status).toBe(404);
  });

  it("answers the requests of faas-cli", async () => {
    const build = { release: platformVersion, sha: expect.stringMatching(/^([0-9a-f]{12}|unknown)$/) };
    expect(await json("/system/info")).toMatchObject({
      provider: { provider: "local-gateway", version: build },
      version: build,
    });
    expect(await json("/system/namespaces")).toEqual(["openfaas-fn"]);
    expect(await call("/healthz")).toMatchObject({ status: 200, body: "OK\n" });
    expect((await call("/")).body).toContain(`${gateway.url}/function/sentiment`);
  });

  it("counts calls for Prometheus", async () => {
    await call("/function/sentiment", { body: "x" });
    const { body } = await call("/metrics");
    expect(body).toMatch(/^gateway_function_invocation_total\{function_name="sentiment",code="200"\} \d+$/m);
  });
});

/** Sends half a body, then closes the connection. */
function hangUp(url: string): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(url, { method: "POST", agent: false, headers: { "content-length": "100" } });
    request.on("error", () => undefined);
    request.on("close", () => resolve());
    request.write("half of it", () => request.destroy());
  });
}
