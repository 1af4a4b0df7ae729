import { startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import express from "express";
import { MemoryProvider } from "../testing/memory-provider.ts";
import { FunctionCatalog } from "./function-catalog.ts";
import { systemRoutes } from "./system-routes.ts";

const { log, take } = recordedLog();
const namespaces = ["openfaas-fn", "staging"];
const sentiment = { service: "sentiment", image: "me/sentiment:1.0.0" };

/** Starts the routes with or without a provider. */
async function startSystem(options: { readOnly?: boolean; allowedImages?: readonly string[] } = {}) {
  take();
  const functions = new FunctionCatalog("openfaas-fn");
  const provider = new MemoryProvider(functions, namespaces);
  const app = express();
  app.use((_request, response, next) => {
    response.locals.user = "ada";
    next();
  });
  app.use(
    "/system",
    systemRoutes({
      functions,
      log,
      version: "1.0.0",
      providerInfo: { provider: "test", orchestration: "none" },
      readOnly: "The functions are fixed.",
      ending: new AbortController().signal,
      allowedImages: options.allowedImages,
      ...(options.readOnly ? {} : { provider }),
    }),
  );
  app.use(problemHandler("gateway", () => undefined));
  const server = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
  return {
    provider,
    functions,
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      // fetch adds a content type to strings, but not to bytes.
      const isRaw = typeof body === "string" || Buffer.isBuffer(body);
      const answer = await fetch(`${server.url}/system${path}`, {
        method,
        headers: { ...(Buffer.isBuffer(body) ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: (isRaw ? body : JSON.stringify(body)) as string }),
      });
      const { status, statusText } = answer;
      const received = await answer.text();
      return { status, statusText, headers: answer.headers, body: received && JSON.parse(received) };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const events = () => take().map((line) => JSON.parse(line));

describe("functions", () => {
  it("are deployed, listed, described, updated, scaled and removed", async () => {
    await using system = await startSystem();
    const names = async () =>
      (await system.ask("GET", "/functions")).body.map((f: { name: string }) => f.name);
    expect(await system.ask("POST", "/functions", sentiment)).toMatchObject({ status: 202, body: "" });
    expect(await names()).toEqual(["sentiment"]);
    const update = { ...sentiment, labels: { team: "data" } };
    expect(await system.ask("PUT", "/functions", update)).toMatchObject({ status: 200, body: "" });
    const scale = { serviceName: "sentiment", replicas: 3 };
    expect((await system.ask("POST", "/scale-function/sentiment", scale)).status).toBe(202);
    expect((await system.ask("GET", "/function/sentiment")).body).toMatchObject({
      ...{ name: "sentiment", namespace: "openfaas-fn", replicas: 3, labels: { team: "data" } },
    });
    expect((await system.ask("DELETE", "/functions", { functionName: "sentiment" })).status).toBe(200);
    expect(await names()).toEqual([]);
  });

  it("are in the namespace of the query, the body or the name", async () => {
    await using system = await startSystem();
    await system.ask("POST", "/functions", { ...sentiment, namespace: "staging" });
    expect((await system.ask("GET", "/functions")).body).toEqual([]);
    expect((await system.ask("GET", "/functions?namespace=staging")).body).toHaveLength(1);
    expect((await system.ask("GET", "/function/sentiment?namespace=staging")).status).toBe(200);
    expect((await system.ask("GET", "/function/sentiment.staging")).status).toBe(200);
    expect((await system.ask("GET", "/function/sentiment")).status).toBe(404);
    const scale = { replicas: 2 };
    expect((await system.ask("POST", "/scale-function/sentiment.staging", scale)).status).toBe(202);
    expect((await system.ask("DELETE", "/functions", { functionName: "sentiment.staging" })).status).toBe(
      200,
    );
  });

  it.each([
    ["GET", "/functions?namespace=elsewhere", undefined],
    ["GET", "/function/sentiment.elsewhere", undefined],
    ["POST", "/functions", { ...sentiment, namespace: "elsewhere" }],
    ["DELETE", "/functions", { functionName: "sentiment", namespace: "elsewhere" }],
    ["POST", "/scale-function/sentiment", { replicas: 1, namespace: "elsewhere" }],
    ["GET", "/secrets?namespace=elsewhere", undefined],
  ])("refuse an unknown namespace, and name the available ones: %s %s", async (method, path, body) => {
    await using system = await startSystem();
    const { status, body: problem } = await system.ask(method, path, body);
    expect([status, problem.code]).toEqual([400, "unknown_namespace"]);
    expect(problem.detail).toContain("openfaas-fn, staging");
  });

  it("refuse two namespaces in one request", async () => {
    await using system = await startSystem();
    const body = { ...sentiment, namespace: "staging" };
    expect((await system.ask("POST", "/functions?namespace=openfaas-fn", body)).status).toBe(400);
    expect((await system.ask("GET", "/function/x.staging?namespace=openfaas-fn")).status).toBe(400);
    const remove = { functionName: "x.staging", namespace: "openfaas-fn" };
    expect((await system.ask("DELETE", "/functions", remove)).status).toBe(400);
  });

  it("have warnings in the body, in headers and in the reason phrase, which faas-cli prints", async () => {
    await using system = await startSystem();
    system.provider.warnings = ['The profile "x" is not there…'];
    const answer = await system.ask("POST", "/functions", { ...sentiment, network: "func" });
    expect(answer.status).toBe(202);
    const deprecated = '"network" is deprecated and has no effect.';
    expect(answer.body).toEqual({ warnings: [deprecated, 'The profile "x" is not there…'] });
    expect(answer.headers.get("warning")).toContain(String.raw`299 - "\"network\" is deprecated`);
    expect(answer.statusText).toBe(`Accepted with warnings: ${deprecated} The profile "x" is not there?`);
  });

  it("have as many complete warnings in the reason phrase as fit, and the number of the others", async () => {
    await using system = await startSystem();
    const warning = `The setting ${"X".repeat(180)} has no effect.`;
    system.provider.warnings = Array.from({ length: 9 }, () => warning);
    const { statusText, body } = await system.ask("POST", "/functions", sentiment);
    expect(statusText).toBe(`Accepted with warnings: ${`${warning} `.repeat(4)}(5 more in the body)`);
    expect(body.warnings).toHaveLength(9);
  });

  it("are refused when ALLOWED_IMAGES does not allow the image", async () => {
    await using system = await startSystem({ allowedImages: ["registry.example.com/me/"] });
    const { status, body } = await system.ask("POST", "/functions", sentiment);
    expect([status, body.code]).toEqual([403, "image_not_allowed"]);
    expect((await system.ask("PUT", "/functions", sentiment)).body.code).toBe("image_not_allowed");
    const allowed = { ...sentiment, image: "registry.example.com/me/sentiment:1" };
    expect((await system.ask("POST", "/functions", allowed)).status).toBe(202);
  });

  it.each(["../../secrets", "a%2Fb", "A", "x".repeat(64)])(
    "with the invalid name %s do not reach the provider",
    async (name) => {
      await using system = await startSystem();
      const scale = jest.spyOn(system.provider, "scale");
      const remove = jest.spyOn(system.provider, "remove");
      await system.ask("POST", `/scale-function/${encodeURIComponent(name)}`, { replicas: 1 });
      await system.ask("DELETE", "/functions", { functionName: name });
      expect([...scale.mock.calls, ...remove.mock.calls]).toEqual([]);
    },
  );
});

describe("bodies", () => {
  it.each([
    ["a form", "service=x", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["text", JSON.stringify(sentiment), { "content-type": "text/plain" }, 415],
    ["broken JSON", "{", {}, 400],
    ["a list", "[]", {}, 400],
  ])("are refused when they are %s", async (_what, body, headers, status) => {
    await using system = await startSystem();
    expect((await system.ask("POST", "/functions", body, headers)).status).toBe(status);
    expect(system.functions.size).toBe(0);
  });

  it("are refused above 2 MB, with the limit in the answer", async () => {
    await using system = await startSystem();
    const answer = await system.ask("POST", "/functions", { ...sentiment, x: "x".repeat(2_100_000) });
    expect(answer.status).toBe(413);
    expect(answer.body.detail).toBe("The body is too large; at most 2097152 bytes are allowed.");
    expect(system.functions.size).toBe(0);
  });

  it("are read as JSON without a content type", async () => {
    await using system = await startSystem();
    const bytes = Buffer.from(JSON.stringify(sentiment));
    expect((await system.ask("POST", "/functions", bytes)).status).toBe(202);
  });
});

describe("secrets", () => {
  const secret = { name: "hmac-key", value: "correct horse" };

  it("are created, replaced, listed by name and removed", async () => {
    await using system = await startSystem();
    expect((await system.ask("POST", "/secrets", secret)).status).toBe(201);
    expect((await system.ask("POST", "/secrets", secret)).status).toBe(409);
    expect((await system.ask("PUT", "/secrets", { ...secret, value: "battery" })).status).toBe(200);
    expect(String(system.provider.values.get("hmac-key.openfaas-fn"))).toBe("battery");
    expect((await system.ask("GET", "/secrets")).body).toEqual([
      { name: "hmac-key", namespace: "openfaas-fn" },
    ]);
    expect((await system.ask("DELETE", "/secrets", { name: "hmac-key" })).status).toBe(202);
    expect((await system.ask("DELETE", "/secrets", { name: "hmac-key" })).status).toBe(404);
  });

  it("store the bytes of rawValue, also when faas-cli sends the trimmed text", async () => {
    await using system = await startSystem();
    const bytes = Buffer.from([0, 255, 10]);
    await system.ask("POST", "/secrets", { name: "bytes", rawValue: bytes.toString("base64") });
    expect(system.provider.values.get("bytes.openfaas-fn")).toEqual(bytes);
    const rawValue = Buffer.from("horse\n").toString("base64");
    await system.ask("POST", "/secrets", { name: "file", rawValue, value: "horse" });
    expect(String(system.provider.values.get("file.openfaas-fn"))).toBe("horse\n");
  });

  it.each([
    ["no value", {}],
    ["two values", { value: "horse", rawValue: Buffer.from("staple").toString("base64") }],
    ["a rawValue that is not base64", { rawValue: "%%%" }],
    ["a value of more than 1 MB", { value: "x".repeat(1_000_001) }],
    ["a name with a path", { name: "../x", value: "x" }],
  ])("are refused with %s", async (_what, body) => {
    await using system = await startSystem();
    const { status, body: problem } = await system.ask("POST", "/secrets", { name: "x", ...body });
    expect([status, problem.code]).toEqual([400, "invalid_request"]);
    expect(system.provider.values.size).toBe(0);
  });

  it("never appear in an answer or the log with their values", async () => {
    await using system = await startSystem();
    const bodies = [
      await system.ask("POST", "/secrets", secret),
      await system.ask("POST", "/secrets", secret),
      await system.ask("PUT", "/secrets", { ...secret, rawValue: "Y29ycmVjdCBzdGFwbGU=" }),
      await system.ask("PUT", "/secrets", { ...secret, name: "correct horse" }),
      await system.ask("POST", "/secrets", `{"value":"correct horse`),
      await system.ask("GET", "/secrets"),
    ].map(({ body }) => JSON.stringify(body));
    expect(bodies.join()).not.toMatch(/correct|horse|Y29ycmVj/);
    expect(take().join().replaceAll('"secret":"correct horse"', "")).not.toMatch(/correct|horse|Y29ycmVj/);
  });
});

describe("namespaces", () => {
  it("are listed and described", async () => {
    await using system = await startSystem();
    expect((await system.ask("GET", "/namespaces")).body).toEqual(namespaces);
    expect((await system.ask("GET", "/namespace/staging")).body).toMatchObject({ name: "staging" });
    expect((await system.ask("GET", "/namespace/elsewhere")).status).toBe(404);
  });

  it("are changed by the provider, which may refuse", async () => {
    await using system = await startSystem();
    const create = jest.spyOn(system.provider.namespaces, "create").mockResolvedValue(undefined);
    // faas-cli sends the name only in the body.
    const answer = await system.ask("POST", "/namespace/", { name: "web", labels: { team: "a" } });
    expect(answer.status).toBe(201);
    expect(create).toHaveBeenCalledWith({ name: "web", labels: { team: "a" }, annotations: {} });
    expect((await system.ask("DELETE", "/namespace/staging")).body.code).toBe("namespaces_fixed");
  });

  it("reject labels that give their pods more rights", async () => {
    await using system = await startSystem();
    const labels = { "pod-security.kubernetes.io/enforce": "privileged" };
    const { status, body } = await system.ask("PUT", "/namespace/staging", { name: "staging", labels });
    expect([status, body.code]).toEqual([400, "invalid_request"]);
    expect(body.detail).toContain("reserved for administrators of the cluster");
  });
});

describe("changes", () => {
  const changes = [
    ["POST", "/functions", sentiment],
    ["PUT", "/functions", sentiment],
    ["DELETE", "/functions", { functionName: "sentiment" }],
    ["POST", "/scale-function/sentiment", { replicas: 1 }],
    ["POST", "/secrets", { name: "x", value: "x" }],
    ["PUT", "/secrets", { name: "x", value: "x" }],
    ["DELETE", "/secrets", { name: "x" }],
    ["POST", "/namespace/x", { name: "x" }],
    ["PUT", "/namespace/x", { name: "x" }],
    ["DELETE", "/namespace/x", { name: "x" }],
  ] as const;

  it.each(changes)("are refused from a page in a browser: %s %s", async (method, path, body) => {
    await using system = await startSystem();
    for (const headers of [{ origin: "http://127.0.0.1:8080" }, { "sec-fetch-site": "same-site" }]) {
      const { status, body: problem } = await system.ask(
        method,
        path,
        body,
        headers as Record<string, string>,
      );
      expect([status, problem.code]).toEqual([403, "cross_origin"]);
    }
    expect([system.functions.size, system.provider.values.size]).toEqual([0, 0]);
  });

  it.each(changes)("are refused by a read-only gateway: %s %s", async (method, path, body) => {
    await using system = await startSystem({ readOnly: true });
    const { status, headers, body: problem } = await system.ask(method, path, body);
    expect([status, headers.get("allow"), problem.detail]).toEqual([405, "GET", "The functions are fixed."]);
  });

  it("are in the audit log with user, address and object", async () => {
    await using system = await startSystem();
    await system.ask("POST", "/functions", sentiment);
    await system.ask("POST", "/scale-function/sentiment", { replicas: 2 });
    await system.ask("POST", "/secrets", { name: "key", value: "x" });
    const by = { user: "ada", address: "127.0.0.1", namespace: "openfaas-fn" };
    const { image } = sentiment;
    expect(events()).toMatchObject([
      { level: 30, msg: "function_deployed", ...by, function: "sentiment", image },
      { msg: "function_scaled", ...by, function: "sentiment", replicas: 2 },
      { msg: "secret_created", ...by, secret: "key" },
    ]);
  });

  it("are in the audit log with the error's code when they are refused", async () => {
    await using system = await startSystem();
    await system.ask("DELETE", "/functions", { functionName: "sentiment" });
    await system.ask("POST", "/functions", { ...sentiment, image: "No image" });
    await system.ask("POST", "/functions", sentiment, { origin: "https://elsewhere.example" });
    expect(events()).toMatchObject([
      {
        level: 40,
        msg: "function_removal_refused",
        function: "sentiment",
        status: 404,
        code: "function_not_found",
      },
      { msg: "function_deploy_refused", image: "No image", status: 400, code: "invalid_request" },
      { msg: "function_deploy_refused", status: 403, code: "cross_origin" },
    ]);
  });

  it("do not log faas-cli's update attempt before it creates a function", async () => {
    await using system = await startSystem();
    expect((await system.ask("PUT", "/functions", sentiment)).status).toBe(404);
    await system.ask("PUT", "/functions", { ...sentiment, image: "No image" });
    expect(events()).toMatchObject([{ level: 40, msg: "function_update_refused", status: 400 }]);
  });

  it("are refused with other methods: 405 with the allowed methods", async () => {
    await using system = await startSystem();
    const { status, headers } = await system.ask("PATCH", "/functions");
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, POST, PUT, DELETE"]);
  });
});
