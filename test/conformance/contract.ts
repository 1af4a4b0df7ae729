import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import http from "node:http";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { functionNames } from "../support/functions/stack-functions.ts";
import { type HttpCall, httpCall } from "../support/http/http-call.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { bundleFolder, root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";
import { buildFixture } from "./build-fixture.ts";
import { type ContractHost, errorContentType } from "./contract-host.ts";
import { describeFixedTraps } from "./fixed-traps.ts";
import { type StartedTrapHosts, startTrapHosts } from "./trap-hosts.ts";

/** Declares tests of the node18 contract, from a handler's behaviour to the caller's response, on a real express with body-parser. */
export function describeContract(host: ContractHost): void {
  if (host.avoidsTraps) describeFixedTraps(host);
  else describeTraps(host);
  describeFunctions(host);
}

function describeTraps(host: ContractHost): void {
  describe("the traps of the template, which functions must avoid", () => {
    let hosts: StartedTrapHosts;
    let folder: string;
    let raw: StartedTemplateHost;
    let parsing: StartedTemplateHost;
    beforeAll(async () => {
      hosts = await startTrapHosts(host);
      ({ folder, raw, parsing } = hosts);
    });
    afterAll(() => hosts?.[Symbol.asyncDispose]());

    it("answers a rejection with 200 and the error's text", async () => {
      const answer = await httpCall(`${raw.url}/reject`);
      expect(answer).toMatchObject({ status: 200, body: "Error: the password is hunter2" });
      expect(answer.headers["content-type"]).toMatch("text/html");
    });

    it("ends the process when a handler throws before it returns a promise", async () => {
      const victim = await startTemplateHost({ ...host, handler: folder });
      await expect(httpCall(`${victim.url}/throw`)).rejects.toThrow();
      expect(await victim.ended).toBe(1);
    });

    it("drops the headers of fail(), and keeps those of succeed()", async () => {
      const failed = await httpCall(`${raw.url}/fail`);
      expect(failed).toMatchObject({ status: 400, body: "no" });
      expect(failed.headers["x-kept"]).toBeUndefined();
      expect(await httpCall(`${raw.url}/succeed`)).toMatchObject({
        status: 400,
        body: "no",
        headers: { "x-kept": "yes" },
      });
    });

    it("interprets a number as a status, and answers a BigInt with 200 and a TypeError", async () => {
      expect((await httpCall(`${raw.url}/number`)).status).toBe(404);
      const big = await httpCall(`${raw.url}/big`);
      expect(big.status).toBe(200);
      expect(big.body).toMatch(/TypeError.*BigInt/);
    });

    it.each<[string, HttpCall, unknown, unknown]>([
      ["no body", {}, {}, {}],
      ["JSON", post("application/json", '{"a":1}'), { a: 1 }, { hex: hex('{"a":1}') }],
      [
        "a form",
        post("application/x-www-form-urlencoded", "People are kind"),
        { "People are kind": "" },
        { hex: hex("People are kind") },
      ],
      ["octet-stream", post("application/octet-stream", "x"), {}, { hex: hex("x") }],
      ["no type", { body: "x" }, "x", { hex: hex("x") }],
      ["a malformed type", post("nonsense", "x"), {}, {}],
    ])("passes %s", async (_, call, whenParsing, whenRaw) => {
      expect(JSON.parse((await httpCall(parsing.url, call)).body)).toEqual({ body: whenParsing });
      expect(JSON.parse((await httpCall(raw.url, call)).body)).toEqual({ body: whenRaw });
    });

    it("answers broken JSON with 400 and an HTML page when it parses bodies, and passes it to the handler with RAW_BODY", async () => {
      const broken = await httpCall(parsing.url, post("application/json", "{"));
      expect(broken.status).toBe(400);
      expect(broken.headers["content-type"]).toMatch("text/html");
      expect(JSON.parse((await httpCall(raw.url, post("application/json", "{"))).body)).toEqual({
        body: { hex: hex("{") },
      });
    });

    it("answers bodies above 100 kB with 413 itself", async () => {
      const large = await httpCall(raw.url, post("text/plain", "x".repeat(102_401)));
      expect(large.status).toBe(413);
      expect(large.headers["content-type"]).toMatch("text/html");
    });
  });
}

function describeFunctions(host: ContractHost): void {
  describe("a function made by defineFunction", () => {
    let folder: string;
    let started: StartedTemplateHost;
    beforeAll(async () => {
      folder = buildFixture("contract");
      started = await startTemplateHost({ ...host, handler: folder, env: stackEnvironment });
    });
    afterAll(async () => {
      await started?.[Symbol.asyncDispose]();
      rmSync(dirname(folder), { recursive: true });
    });
    const call = (path: string, options?: HttpCall) => httpCall(started.url + path, options);

    it("answers GET /metrics to calls that did not pass a gateway", async () => {
      const direct = await call("/metrics");
      expect(direct.status).toBe(200);
      expect(direct.headers["content-type"]).toBe("text/plain; charset=utf-8; version=0.0.4");
      expect(direct.body).toMatch(/^# TYPE function_call_duration_seconds histogram$/m);
      expect(direct.body).toMatch(/^platform_build_info\{name="contract",.*function="contract"\} 1$/m);
      const answer = await call("/metrics", { headers: { "x-call-id": "call-metrics" } });
      expect(answer.headers["content-type"]).toMatch("application/json");
      expect(answer.body).not.toContain("function_call_duration_seconds");
    });

    it("logs its version and commit first", async () => {
      const first = await waitFor("the log", () =>
        started
          .output()
          .split("\n")
          .find((line) => line.startsWith("{")),
      );
      expect(JSON.parse(first)).toMatchObject({
        name: "contract",
        msg: "started",
        version: expect.any(String),
        commit: expect.any(String),
      });
    });

    it("answers a thrown error with a 500 that reveals nothing, logs it without the password, and continues to serve", async () => {
      const answer = await call("/throw", { headers: { "x-call-id": "call-throw" } });
      expect(answer.status).toBe(500);
      expect(answer.headers["content-type"]).toMatch("application/problem+json");
      expect(JSON.parse(answer.body)).toMatchObject({ status: 500, code: "internal_error" });
      expect(answer.body).not.toMatch(/hunter2|db|Error:/);
      const line = await waitFor("the log line", () =>
        started
          .output()
          .split("\n")
          .find((text) => text.includes("internal_error") && text.includes("call-throw")),
      );
      expect(line).toContain("cannot reach http://db");
      expect(line).not.toContain("hunter2");
      expect((await call("/")).status).toBe(200);
    });

    it("logs the class of an error, and a stack trace with functions, source files and lines of the repo", async () => {
      await call("/throw", { headers: { "x-call-id": "call-stack" } });
      const line = await waitFor("the log line", () =>
        started
          .output()
          .split("\n")
          .find((text) => text.includes("internal_error") && text.includes("call-stack")),
      );
      const { error } = JSON.parse(line);
      expect(error).toMatchObject({
        name: "InternalError",
        code: "internal_error",
        cause: { name: "Error" },
      });
      const source = readFileSync(join(__dirname, "fixtures", "contract.ts"), "utf8").split("\n");
      const thrownAt = source.findIndex((text) => text.includes("throw new Error")) + 1;
      const [, first, second] = error.cause.stack.split("\n");
      expect(first).toMatch(
        new RegExp(`^    at (Object\\.)?run \\(test/conformance/fixtures/contract\\.ts:${thrownAt}:\\d+\\)$`),
      );
      expect(second).toMatch(
        /^ {4}at runCall \(packages\/shared\/src\/function\/define-function\.ts:\d+:\d+\)$/,
      );
    });

    it("keeps the names of error classes in the bundles", () => {
      const functions = readdirSync(join(root, "functions")).filter((name) =>
        existsSync(join(root, "functions", name, "dist", "handler.js")),
      );
      expect(functions.length).toBeGreaterThan(0);
      for (const name of functions) {
        const code = readFileSync(join(bundleFolder(name), "handler.js"), "utf8");
        const classes = [
          ...code.matchAll(/(\w+) ?= ?class(?: (\w+))? extends (?:PlatformError|Peer\w+Error)\b/g),
        ];
        const names = classes.map(([, outer, inner]) => inner ?? outer);
        expect(names).toContain("InternalError");
        expect(names.filter((className) => !/^[A-Z][A-Za-z]*Error$/.test(className!))).toEqual([]);
      }
    });

    it("keeps the headers of errors", async () => {
      const answer = await httpCall(started.url, {
        method: "POST",
        body: "x",
        headers: { "content-type": "no type" },
      });
      expect(answer).toMatchObject({ status: 415, headers: { "x-call-id": expect.any(String) } });
    });

    it("writes a BigInt as an exact integer", async () => {
      expect(await call("/big")).toMatchObject({ status: 200, body: '{"n":36893488147419103233}\n' });
    });

    it("reports a function that returns nothing as a bug", async () => {
      expect((await call("/nothing")).status).toBe(500);
    });

    it("survives an unhandled rejection", async () => {
      expect((await call("/stray")).status).toBe(200);
      await waitFor("the log line", () => started.output().includes("unhandled_rejection"));
      expect((await call("/")).status).toBe(200);
    });

    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    it.each([
      ["application/octet-stream"],
      ["application/x-www-form-urlencoded"],
      ["application/json"],
      ["text/plain; charset=utf-8"],
      ["image/png"],
      [undefined],
    ])("receives the body byte for byte with the content type %p", async (type) => {
      const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
      for (const chunked of [false, true]) {
        const answer = await call("/", { headers, body: bytes, chunked });
        expect(JSON.parse(answer.body)).toMatchObject({ bytes: bytes.toString("hex") });
      }
    });

    it("receives a gzipped body inflated", async () => {
      const headers = { "content-type": "text/plain", "content-encoding": "gzip" };
      const answer = await call("/", { headers, body: gzipSync("People are kind") });
      expect(JSON.parse(answer.body)).toMatchObject({ bytes: hex("People are kind") });
    });

    it("receives an empty body as empty", async () => {
      expect(JSON.parse((await call("/", { method: "POST" })).body)).toMatchObject({ bytes: "" });
    });

    it("answers a body with a malformed content type with 415, instead of treating it as empty", async () => {
      for (const chunked of [false, true]) {
        const answer = await call("/", { headers: { "content-type": "text/" }, body: "x", chunked });
        expect(JSON.parse(answer.body)).toMatchObject({ status: 415, code: "unsupported_media_type" });
      }
    });

    it("answers a body over its own limit with 413 problem+json, and leaves larger ones to the template", async () => {
      expect((await call("/", { body: "x".repeat(1_000_000) })).status).toBe(200);
      const ours = await call("/", { body: "x".repeat(1_000_001) });
      expect(JSON.parse(ours.body)).toMatchObject({ status: 413, code: "body_too_large" });
      const templates = await call("/", { body: "x".repeat(1_048_577) });
      expect(templates.status).toBe(413);
      expect(templates.headers["content-type"]).toBe(errorContentType(host));
      expect(templates.body).not.toMatch(/ at .*\.js/);
    });

    it("answers HEAD like GET, without a body", async () => {
      const head = await call("/", { method: "HEAD" });
      expect(head).toMatchObject({ status: 200, body: "" });
      expect(head.headers["content-type"]).toBe((await call("/")).headers["content-type"]);
    });

    it.each(["GET", "HEAD"])("answers %s /healthz", async (method) => {
      expect((await call("/healthz", { method })).status).toBe(200);
    });

    it("returns the call id in the response and in the log line", async () => {
      const answer = await call("/", { headers: { "x-call-id": "call-7" } });
      expect(answer.headers["x-call-id"]).toBe("call-7");
      const line = await waitFor("the log line", () =>
        started
          .output()
          .split("\n")
          .find((text) => text.includes('"call-7"')),
      );
      expect(JSON.parse(line)).toMatchObject({
        name: "contract",
        call_id: "call-7",
        method: "GET",
        status: 200,
      });
    });

    it("answers many concurrent calls, each with its own result", async () => {
      const texts = Array.from({ length: 100 }, (_, n) => `text ${n}`);
      const answers = await Promise.all(texts.map((body, n) => call(`/?ms=${n % 7}`, { body })));
      expect(answers.map(({ body }) => JSON.parse(body).bytes)).toEqual(texts.map((text) => hex(text)));
    });

    it("receives JSON without RAW_BODY, and answers 500 for bodies that the template then drops or garbles", async () => {
      const parsing = await startTemplateHost({ ...host, handler: folder, env: { MAX_BODY_BYTES: "1000" } });
      try {
        const json = await httpCall(parsing.url, post("application/json", '{"a":1}'));
        expect(JSON.parse(json.body)).toMatchObject({ bytes: hex('{"a":1}') });
        const form = await httpCall(
          parsing.url,
          post("application/x-www-form-urlencoded", "People are kind"),
        );
        expect(JSON.parse(form.body)).toMatchObject({ status: 500, code: "raw_body_required" });
        const binary = await httpCall(parsing.url, post("application/octet-stream", "People are kind"));
        expect(JSON.parse(binary.body)).toMatchObject(
          host.avoidsTraps ? { bytes: hex("People are kind") } : { status: 500, code: "raw_body_required" },
        );
      } finally {
        await parsing[Symbol.asyncDispose]();
      }
    });

    describe("on SIGTERM", () => {
      const draining = (quiet: string) =>
        startTemplateHost({ ...host, handler: folder, env: { ...stackEnvironment, SHUTDOWN_QUIET: quiet } });

      it("finishes calls in flight, including bodies that still arrive, then closes the client and exits 0", async () => {
        const victim = await draining("0ms");
        await httpCall(victim.url);
        const slow = httpCall(`${victim.url}/slow?ms=700`);
        const upload = slowUpload(victim.url);
        await upload.begun;
        await waitFor("the slow call", () => victim.output().includes("a slow call"));
        victim.signal("SIGTERM");
        await waitFor("the signal", () => victim.output().includes("told to end"));
        upload.end("late");
        expect((await slow).status).toBe(200);
        expect(JSON.parse((await slow).body)).toMatchObject({ open: true });
        expect(await upload.body).toContain(hex("early late"));
        expect(await victim.ended).toBe(0);
        expect(victim.output()).toContain("the client is closed");
      });

      it("continues to serve until no call has arrived for SHUTDOWN_QUIET", async () => {
        const victim = await draining("500ms");
        await httpCall(victim.url);
        victim.signal("SIGTERM");
        expect((await httpCall(victim.url)).status).toBe(200);
        expect(await victim.ended).toBe(0);
      });
    });
  });

  describe.each(functionNames)("the bundle of %s", (name) => {
    let started: StartedTemplateHost;
    beforeAll(async () => {
      started = await startTemplateHost({ ...host, handler: bundleFolder(name), env: stackEnvironment });
    });
    afterAll(() => started?.[Symbol.asyncDispose]());

    it("answers health checks", async () => {
      expect(await httpCall(`${started.url}/healthz`)).toMatchObject({
        status: 200,
        body: '{"status":"ok"}\n',
      });
    });

    it("answers other methods with 405 and Allow", async () => {
      const answer = await httpCall(started.url, { method: "DELETE" });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toMatch(/\b(GET|POST)\b/);
      expect(JSON.parse(answer.body)).toMatchObject({ code: "method_not_allowed" });
    });

    it("exits on SIGTERM before any call", async () => {
      const idle = await startTemplateHost({ ...host, handler: bundleFolder(name), env: stackEnvironment });
      idle.signal("SIGTERM");
      expect(await idle.ended).toBe(0);
    });
  });

  describe("the functions' answers", () => {
    const hosts = new Map<string, StartedTemplateHost>();
    const functionUrl = async (name: string) => {
      if (!hosts.has(name)) {
        hosts.set(
          name,
          await startTemplateHost({ ...host, handler: bundleFolder(name), env: stackEnvironment }),
        );
      }
      return hosts.get(name)!.url;
    };
    afterAll(() => Promise.all([...hosts.values()].map((started) => started[Symbol.asyncDispose]())));

    it.each(["application/x-www-form-urlencoded", "text/csv", "application/octet-stream", undefined])(
      "scores a text with the content type %p",
      async (type) => {
        const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
        const answer = await httpCall(await functionUrl("sentiment"), {
          headers,
          body: "People are kind",
          chunked: true,
        });
        expect(answer.status).toBe(200);
        expect(JSON.parse(answer.body)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
      },
    );

    it.each([
      ["application/octet-stream", '{"text":"The tram came.","truncated":false}', "The tram came."],
      ["application/x-www-form-urlencoded", '{"text":"The tram came.","truncated":false}', "The tram came."],
      [undefined, '{"text":"The tram came.","truncated":false}', "The tram came."],
      ["application/x-www-form-urlencoded", "command=%2Fmood&text=it+isn%27t+bad", "it isn't bad"],
    ])("scores the text in a body of type %p: %s", async (type, body, text) => {
      const url = await functionUrl("sentiment");
      const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
      const answer = await httpCall(url, { headers, body, chunked: true });
      expect(answer).toMatchObject({ status: 200, body: (await httpCall(url, { body: text })).body });
    });

    it("answers broken JSON with 400 problem+json, and an image with 415", async () => {
      const url = await functionUrl("sentiment");
      const broken = await httpCall(url, post("application/json", '{"text":'));
      expect(broken.headers["content-type"]).toMatch("application/problem+json");
      expect(JSON.parse(broken.body)).toMatchObject({ status: 400, code: "invalid_json" });
      expect((await httpCall(url, post("image/png", "x"))).status).toBe(415);
      expect((await httpCall(url, { method: "POST" })).status).toBe(400);
    });

    it("enriches a tweet in the form that NiFi sends", async () => {
      const tweet = {
        text: "People are kind",
        created_at: "Wed Oct 10 20:19:24 +0000 2018",
        user: { screen_name: "ada", name: "Ada" },
      };
      const answer = await httpCall(
        await functionUrl("tweet-enrich"),
        post("application/octet-stream", JSON.stringify(tweet)),
      );
      expect(JSON.parse(answer.body)).toMatchObject({ "twitter.handle": "ada", polarity: 0.6 });
    });

    it("answers 503 without a node, and logs the setting with the node's URL", async () => {
      const env = { ...stackEnvironment, GETH_RPC_ENDPOINT: "http://user:hunter2@127.0.0.1:1/key" };
      const started = await startTemplateHost({ ...host, handler: bundleFolder("last-block"), env });
      try {
        const answer = await httpCall(started.url, {
          method: "GET",
          body: "{",
          headers: { "content-type": "nonsense" },
        });
        expect(JSON.parse(answer.body)).toMatchObject({ status: 503, code: "peer_unavailable" });
        await waitFor("the log line", () =>
          started.output().includes("GETH_RPC_ENDPOINT: 127.0.0.1:1 is out of reach"),
        );
        expect(started.output()).not.toMatch(/hunter2|\/key/);
      } finally {
        await started[Symbol.asyncDispose]();
      }
    });
  });
}

function post(type: string, body: string): HttpCall {
  return { method: "POST", headers: { "content-type": type }, body };
}

function hex(text: string): string {
  return Buffer.from(text).toString("hex");
}

/** Starts a call at once, and completes its body on request. */
function slowUpload(url: string) {
  const request = http.request(url, {
    method: "POST",
    agent: false,
    headers: { "content-type": "text/plain" },
  });
  const begun = new Promise<void>((resolve) => request.write("early ", () => resolve()));
  const body = new Promise<string>((resolve, reject) => {
    request.on("error", reject);
    request.on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve(text);
    });
  });
  return { begun, body, end: (text: string) => request.end(text) };
}
