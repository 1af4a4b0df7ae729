import { once } from "node:events";
import { startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import express from "express";
import { CallCounts } from "../../http/call-counts.ts";
import { FunctionCatalog } from "../../http/function-catalog.ts";
import { FunctionLogs } from "../../http/function-logs.ts";
import type { FunctionTarget } from "../../http/function-target.ts";
import { MemoryProvider } from "../../testing/memory-provider.ts";
import { AsyncCalls } from "./async-calls.ts";
import { CallHistory } from "./call-history.ts";
import { functionsRoutes } from "./functions-routes.ts";

const { log, take } = recordedLog();
const definition = {
  name: "mood",
  namespace: "openfaas-fn",
  image: "me/mood:1",
  environment: { API_KEY: "hunter2", LEVEL: "info" },
  labels: { "com.openfaas.scale.min": "2", "com.openfaas.scale.max": "5" },
  annotations: { description: "The mood", examples: '[{"label": "One", "body": {"a": 1}}]' },
  secrets: ["hmac"],
};

/** Starts the routes with a function, with or without a provider. */
async function startRoutes({ readOnly = false } = {}) {
  take();
  const functions = new FunctionCatalog<FunctionTarget>("openfaas-fn", [], ["staging"]);
  const provider = new MemoryProvider(functions, ["openfaas-fn", "staging"]);
  await provider.deploy(definition);
  await provider.deploy({ ...definition, namespace: "staging" });
  const [history, asyncCalls, callCounts] = [new CallHistory(), new AsyncCalls(), new CallCounts()];
  const app = express();
  app.use((_request, response, next) => {
    response.locals.user = "ada";
    next();
  });
  app.use(
    "/functions",
    functionsRoutes({
      functions,
      history,
      asyncCalls,
      callCounts,
      log,
      logTimeoutMs: 500,
      readOnly: "The functions are fixed.",
      ...(readOnly ? {} : { provider }),
    }),
  );
  app.use(problemHandler("gateway", () => undefined));
  const server = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
  return {
    functions,
    history,
    asyncCalls,
    async ask(path: string, body?: object) {
      const answer = await fetch(`${server.url}/functions${path}`, {
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
        headers: { "content-type": "application/json", origin: server.url },
      });
      return { status: answer.status, body: JSON.parse(await answer.text()) };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

it("lists functions with their calls of the last hour", async () => {
  await using routes = await startRoutes();
  routes.history.add({ name: "mood", status: 502, seconds: 0.1, callId: "one", kind: "sync" });
  const { body } = await routes.ask("");
  expect(body).toMatchObject([
    { name: "mood", image: "me/mood:1", failed: 1, lastCallAt: expect.any(Number) },
    { name: "mood.staging", failed: 0, lastCallAt: null },
  ]);
  expect(body[0].perMinute.at(-1)).toBe(1);
  expect(body[0].perMinute).toHaveLength(60);
});

it("describes a function, and hides values that look like secrets", async () => {
  await using routes = await startRoutes();
  const answer = await routes.ask("/mood.staging");
  expect(answer.body).toMatchObject({
    name: "mood.staging",
    namespace: "staging",
    description: "The mood",
    scaling: { refusal: "", least: 2, most: 5 },
    secrets: ["hmac"],
    environment: [
      { name: "API_KEY", value: null, isMasked: true },
      { name: "LEVEL", value: "info", isMasked: false },
    ],
    examples: [{ label: "One", method: "POST", query: "", body: '{"a":1}' }],
    refusal: "",
  });
  expect(JSON.stringify(answer.body)).not.toContain("hunter2");
});

it("returns the last calls, and the log lines of a call", async () => {
  await using routes = await startRoutes();
  const logs = new FunctionLogs();
  Object.assign(routes.functions.find("mood"), { logs });
  routes.history.add({ name: "mood", status: 200, seconds: 0.1, callId: "one", kind: "async" });
  logs.add({ time: Date.now(), instance: "mood-1", text: '{"call_id":"one"}' });
  expect((await routes.ask("/mood/calls")).body).toMatchObject({
    since: expect.any(Number),
    minutes: [{ calls: 1, failed: 0 }],
    calls: [{ callId: "one", status: 200, kind: "async" }],
  });
  expect((await routes.ask("/mood/calls/one/log")).body).toMatchObject({
    lines: [{ instance: "mood-1", text: '{"call_id":"one"}' }],
    isCut: false,
  });
  expect(await routes.ask("/mood/calls/two/log")).toMatchObject({
    status: 404,
    body: { code: "call_not_found", detail: expect.stringContaining("the last 100 calls of each function") },
  });
});

it("reports a log that cannot be read in time", async () => {
  await using routes = await startRoutes();
  const logs = {
    read: async (_query: object, signal: AbortSignal) => {
      await once(signal, "abort");
      throw signal.reason;
    },
  };
  Object.assign(routes.functions.find("mood"), { logs });
  routes.history.add({ name: "mood", status: 200, seconds: 0.1, callId: "one", kind: "sync" });
  expect(await routes.ask("/mood/calls/one/log")).toMatchObject({
    status: 504,
    body: { detail: "The log of mood could not be read within 0.5 seconds; try again." },
  });
});

it("returns asynchronous calls, and the result of a call", async () => {
  await using routes = await startRoutes();
  const call = {
    name: "mood",
    method: "POST",
    url: "/",
    headers: {},
    body: undefined,
    callbackUrl: undefined,
    callId: "one",
    startTime: "1700000000000000000",
  };
  routes.asyncCalls.accepted(call);
  expect((await routes.ask("/mood/async-calls")).body).toMatchObject([{ callId: "one", state: "waiting" }]);
  expect((await routes.ask("/mood/async-calls/one")).body).toMatchObject({ state: "waiting", answer: null });
  expect((await routes.ask("/mood/async-calls/two")).body).toMatchObject({
    status: 404,
    code: "call_not_found",
  });
});

it("scales through the provider, and logs it in the audit log", async () => {
  await using routes = await startRoutes();
  expect(await routes.ask("/mood/scale", { replicas: 3 })).toEqual({ status: 202, body: { replicas: 3 } });
  expect(routes.functions.find("mood").replicas.wanted).toBe(3);
  expect(routes.functions.find("mood.staging").replicas.wanted).not.toBe(3);
  expect(JSON.parse(take()[0]!)).toMatchObject({
    msg: "function_scaled",
    user: "ada",
    function: "mood",
    namespace: "openfaas-fn",
    replicas: 3,
  });
  expect(await routes.ask("/mood/scale", { replicas: -1 })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining("must be a whole number from 0 to 1000") },
  });
  expect(await routes.ask("/none/scale", { replicas: 1 })).toMatchObject({ status: 404 });
});

it("returns the reason why a read-only gateway does not scale", async () => {
  await using routes = await startRoutes({ readOnly: true });
  expect((await routes.ask("/mood")).body.scaling.refusal).toBe("The functions are fixed.");
  expect(await routes.ask("/mood/scale", { replicas: 3 })).toMatchObject({
    status: 405,
    body: { detail: "The functions are fixed." },
  });
});

it("refuses query parameters and unknown functions", async () => {
  await using routes = await startRoutes();
  expect(await routes.ask("?x=1")).toMatchObject({
    status: 400,
    body: { detail: 'Unknown query parameter "x"; none is allowed.' },
  });
  expect(await routes.ask("/none")).toMatchObject({ status: 404, body: { code: "function_not_found" } });
});
