// The cost of traces: the same function without tracing code, with tracing off, and with a collector for all calls and for 1 % of them.
// The collector is in this process, so the function's processor time excludes it.

import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { functionOptions } from "../scripts/bundle.mjs";
import { comparison } from "./comparison.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { functionCalls, servedFunctions, toTask } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

const load = { connections: 8, requests: 8_000 };

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "rate", title: "traces: sentiment", unit: "requests/s", less: false },
  ...(process.platform === "linux"
    ? [{ key: "cpu", title: "traces: sentiment, processor time", unit: "µs per request", less: true }]
    : []),
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  const started = trackStarted(signal);
  const { use } = started;
  try {
    const { start, newHandler } = await servedFunctions(services, started);
    const call = functionCalls.find(({ name }) => name === "sentiment");
    if (call === undefined) throw new Error("there is no function sentiment");
    const client = started.lineProgram("http-client.mjs");
    const collector = await startCollector(started);
    const built = services.bundleFolder("sentiment");
    const without = newHandler();
    await bundleWithoutTraces(join(built, ".."), without);
    const on = { OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_TRACES_SAMPLER: "traceidratio" };

    const contender = async (
      /** @type {string} */ title,
      /** @type {string} */ handler,
      /** @type {Record<string, string>} */ settings,
      variant = false,
    ) => {
      const { url, pid } = await use(start(handler, settings));
      return {
        title,
        variant,
        async measure() {
          const before = cpuTime(pid);
          const measured = await client.ask({ ...toTask(url, call), ...load });
          return { ...measured, cpu: ((cpuTime(pid) - before) / load.requests) * 1e6 };
        },
      };
    };
    const contenders = [
      await contender("traces off", built, {}),
      await contender("built without traces", without, {}),
      await contender("traces on, each call", built, { ...on, OTEL_TRACES_SAMPLER_ARG: "1" }, true),
      await contender(
        "traces on, one call in a hundred",
        built,
        { ...on, OTEL_TRACES_SAMPLER_ARG: "0.01" },
        true,
      ),
    ];
    const compare = comparison({ rounds, log, signal });
    yield* await compare("at 8 connections", undefined, contenders, metrics);
  } finally {
    await started.end();
  }
}

const cpuTime = (/** @type {number} */ pid) =>
  process.platform === "linux" ? cpuSeconds([pid]) : Number.NaN;

/** Starts a server that accepts all spans, and returns its URL. */
async function startCollector(/** @type {ReturnType<typeof trackStarted>} */ { defer }) {
  const server = createServer((request, response) => {
    request.resume().once("end", () => response.end("{}"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  defer(() => void server.closeAllConnections());
  defer(() => void server.close());
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/** Builds a bundle with a stub instead of packages/shared/src/telemetry. */
const stub = `
  const span = { set() {}, fail() {} };
  export const inSpan = (_, run) => run(span);
  export const injectTraceContext = (headers) => headers;
  export const readTraceContext = () => undefined;
  export const traceFields = () => ({});
  export const currentTracing = () => undefined;
  export const startTracing = () => undefined;
  export const stopTracing = async () => undefined;
`;

async function bundleWithoutTraces(/** @type {string} */ folder, /** @type {string} */ target) {
  const esbuild = await import("esbuild");
  const { outfile: _, ...options } = functionOptions(folder);
  await esbuild.build({
    ...options,
    outfile: join(target, "handler.js"),
    plugins: [
      {
        name: "without-traces",
        setup(build) {
          build.onLoad({ filter: /telemetry[\\/](tracing|start-tracing)\.ts$/ }, () => ({ contents: stub }));
        },
      },
    ],
  });
}
