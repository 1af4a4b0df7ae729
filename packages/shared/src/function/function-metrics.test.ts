import { configReader } from "../config/config-reader.ts";
import { functionSettings } from "../config/function-settings.ts";
import { PeerUnavailableError } from "../errors/peer-errors.ts";
import { ConfigError } from "../errors/server-errors.ts";
import { Counter } from "../metrics/instruments.ts";
import { invoke } from "../testing/invoke.ts";
import { Batch } from "./batch.ts";
import { defineFunction } from "./define-function.ts";

const { METRICS: outerMode, OPENFAAS_NAME: outerName } = process.env;
beforeEach(() => {
  delete process.env.METRICS;
  delete process.env.OPENFAAS_NAME;
});
afterAll(() => {
  Object.assign(process.env, outerMode && { METRICS: outerMode }, outerName && { OPENFAAS_NAME: outerName });
});

function start(run: (body: string) => unknown = () => "") {
  return defineFunction({
    name: "sample",
    methods: ["POST"],
    readConfig: configReader(functionSettings),
    authenticate: () => Promise.resolve(),
    metrics: (registry) => new Counter({ name: "sample_work_total", help: "Work.", registers: [registry] }),
    connect: (_config, work) => ({ work }),
    parse: (request) => request.body().toString(),
    run: (body, { client, metrics }) => {
      client.work.inc();
      metrics.inc();
      return run(body);
    },
  });
}

type Handler = ReturnType<typeof start>;
const scrape = async (handler: Handler) => (await invoke(handler, { path: "/metrics" })).body;

it("answers GET /metrics with the text format of Prometheus, whatever the methods and the authentication", async () => {
  const handler = start();
  expect(await invoke(handler, { path: "/metrics" })).toMatchObject({
    statusCode: 200,
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
  const text = await scrape(handler);
  expect(text).toMatch(
    /^platform_build_info\{name="sample",version="[^"]+",commit="[^"]+",node_version="[\d.]+",function="sample"\} 1$/m,
  );
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds\{function="sample"\} [\d.e-]+$/m);
  expect(text).toMatch(/^nodejs_heap_size_used_bytes\{function="sample"\} \d+$/m);
  expect(text).toMatch(/^process_cpu_seconds_total\{function="sample"\} [\d.]+$/m);
});

it("answers with invalid settings", async () => {
  const handler = defineFunction({
    name: "sample",
    methods: ["POST"],
    readConfig: () => {
      throw new ConfigError(["A is missing"]);
    },
    authenticate: () => Promise.resolve(),
    parse: () => "",
    run: () => "",
  });
  await invoke(handler, { body: "x" });
  expect(await scrape(handler)).toContain(
    'function_call_duration_seconds_count{function="sample",code="500"} 1\n',
  );
});

it("counts calls by code, without health checks and scrapes", async () => {
  const handler = start((body) => {
    if (body === "down") throw new PeerUnavailableError({ setting: "PEER", host: "peer" });
    return body;
  });
  for (const body of ["a", "b", "down"]) await invoke(handler, { body });
  await invoke(handler, { method: "PUT", body: "x" });
  await invoke(handler, { path: "/healthz" });
  await scrape(handler);
  const counts = [
    ...(await scrape(handler)).matchAll(/^function_call_duration_seconds_count\{.*code="(\d+)"\} (\d+)$/gm),
  ];
  expect(counts.map(([, code, count]) => [code, count])).toEqual([
    ["200", "2"],
    ["503", "1"],
    ["405", "1"],
  ]);
});

it("counts the calls in flight", async () => {
  let finish: (result: string) => void = () => undefined;
  const handler = start(() => new Promise((resolve) => (finish = resolve)));
  const answered = invoke(handler, { body: "x" });
  await new Promise(setImmediate);
  expect(await scrape(handler)).toContain('function_calls_in_flight{function="sample"} 1\n');
  finish("");
  await answered;
  expect(await scrape(handler)).toContain('function_calls_in_flight{function="sample"} 0\n');
});

it("records the sizes of batches", async () => {
  const handler = start(() => new Batch("array", [1, 2, 3]));
  await invoke(handler, { body: "x" });
  const text = await scrape(handler);
  expect(text).toContain('function_batch_items_sum{function="sample"} 3\n');
  expect(text).toContain('function_batch_items_count{function="sample"} 1\n');
});

it("includes the function's own metrics, for its clients and its calls", async () => {
  const handler = start();
  await invoke(handler, { body: "x" });
  expect(await scrape(handler)).toContain('sample_work_total{function="sample"} 2\n');
});

it("labels series with the deployed name of the function", async () => {
  process.env.OPENFAAS_NAME = "sample-b";
  expect(await scrape(start())).toContain('function_calls_in_flight{function="sample-b"} 0\n');
});

it.each([
  { env: {}, way: "directly", status: 200 },
  { env: {}, way: "through a gateway", status: 405 },
  { env: { METRICS: "public" }, way: "through a gateway", status: 200 },
  { env: { METRICS: "off" }, way: "directly", status: 405 },
])("answers GET /metrics $way with $status if the environment has $env", async ({ env, way, status }) => {
  Object.assign(process.env, env);
  const headers: Record<string, string> = way === "directly" ? {} : { "X-Call-Id": "call-1" };
  expect((await invoke(start(), { path: "/metrics", headers })).statusCode).toBe(status);
});
