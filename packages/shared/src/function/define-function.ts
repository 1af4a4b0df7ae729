import { buildInfo } from "../build-info.ts";
import type { ConfigReader } from "../config/config-reader.ts";
import { type FunctionConfig, readLogLevel } from "../config/function-settings.ts";
import { describeError } from "../errors/describe-error.ts";
import { toPlatformError } from "../errors/problem.ts";
import { MethodNotAllowedError } from "../errors/request-errors.ts";
import { createLogger, type Logger } from "../log/logger.ts";
import type { Registry } from "../metrics/registry.ts";
import { stopTracing } from "../telemetry/start-tracing.ts";
import type { Span } from "../telemetry/tracing.ts";
import { type Answer, toAnswer, toErrorAnswer } from "./answer.ts";
import { Batch } from "./batch.ts";
import { inCallSpan, startFunctionTracing } from "./call-span.ts";
import { drainOnSigterm } from "./drain.ts";
import { createFunctionRegistry, FunctionMetrics, isScrape } from "./function-metrics.ts";
import { logBatchErrors, logCallError } from "./log-errors.ts";
import { once } from "./once.ts";
import { FunctionRequest } from "./request.ts";
import type { Handler, TemplateContext } from "./template.ts";

/** The parts of a function. */
export interface FunctionDefinition<Config extends FunctionConfig, Client, Input, Metrics> {
  /** The name in stack.yml. */
  name: string;
  /** The supported methods. GET includes HEAD. OPTIONS is answered automatically. */
  methods: readonly ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")[];
  /** Reads the settings, at the first call: the image build loads the handler without settings. */
  readConfig: ConfigReader<Config>;
  /** Throws if the call is not authorised. */
  authenticate: (request: FunctionRequest, config: Config) => Promise<void>;
  /** Adds the function's own metrics to the registry of the process, once. */
  metrics?: (registry: Registry) => Metrics;
  /** Opens the clients of the function's peers, once. */
  connect?: (config: Config, metrics: Metrics) => Client;
  /** Closes the clients after the last call. */
  close?: (client: Client) => Promise<void> | void;
  /** Parses the call to the input of `run`. Throws a PlatformError for an invalid call. */
  parse: (request: FunctionRequest, config: Config) => Input;
  /** Returns the result: a value for JSON, a Batch, or a Representation. */
  run: (input: Input, context: RunContext<Config, Client, Metrics>) => unknown;
}

/** The context of `run`. */
interface RunContext<Config, Client, Metrics> {
  config: Config;
  client: Client;
  metrics: Metrics;
}

/**
 * Creates a handler for OpenFaaS's node18 template. It never rejects, because the template would answer 200 with the error's text.
 * It never calls `fail()`, which drops the headers, and always answers by `status().headers().succeed(text)`.
 *
 * Order: health, metrics, method, authentication over the raw bytes, size, parse, run, serialise.
 *
 * @example
 * ```ts
 * export = defineFunction({
 *   name: "echo",
 *   methods: ["POST"],
 *   readConfig: configReader(functionSettings),
 *   authenticate,
 *   parse: readText,
 *   run: (text) => ({ text }),
 * });
 * ```
 */
export function defineFunction<Config extends FunctionConfig, Client, Input, Metrics>(
  definition: FunctionDefinition<Config, Client, Input, Metrics>,
): Handler {
  const methods = toAllowedMethods(definition.methods);
  const settings = once(() => definition.readConfig(process.env));
  // The log does not depend on the settings, because it reports invalid ones.
  const log = once(() => createLogger(definition.name, readLogLevel(process.env)));
  const announce = once(() => log().info(buildInfo, "started"));
  const metrics = once(() => {
    const registry = createFunctionRegistry(definition.name);
    return new FunctionMetrics(registry, () => definition.metrics?.(registry) as Metrics);
  });
  const connection = once(() => definition.connect?.(settings(), metrics().own) as Client);

  drainOnSigterm({
    quiet: () => (settings.done() ? settings().SHUTDOWN_QUIET : 0),
    close: async () => {
      try {
        if (connection.done()) await definition.close?.(connection());
      } catch (error) {
        log().error({ error: describeError(error) }, "close_failed");
      }
      await stopTracing();
    },
  });
  logUnhandledRejections(log);
  startFunctionTracing(definition.name, log);

  function isQuiet(callId: string): boolean {
    const prefix = settings.done() ? settings().QUIET_CALL_IDS : undefined;
    return prefix !== undefined && callId.startsWith(prefix);
  }

  async function runCall(request: FunctionRequest): Promise<Answer> {
    requireMethod(request.method, methods);
    const config = settings();
    await definition.authenticate(request, config);
    if (!isBodyIgnored(request)) request.limitedBody(config.MAX_BODY_BYTES);
    const input = definition.parse(request, config);
    const { own } = metrics();
    const result = await definition.run(input, { config, client: connection(), metrics: own });
    if (result instanceof Batch) {
      metrics().batch(result.items.length);
      logBatchErrors(result, log(), request.callId);
    }
    return toAnswer(result, request);
  }

  /** The answer to a health check or a scrape; undefined for any other call. */
  function answerProbe(request: FunctionRequest): Answer | Promise<Answer> | undefined {
    if (isHealthCheck(request)) return toAnswer({ status: "ok" }, request);
    return isScrape(request) ? metrics().answer() : undefined;
  }

  async function respond(request: FunctionRequest, span: Span): Promise<Answer> {
    if (request.method === "OPTIONS") {
      return { status: 204, headers: { allow: methods.join(", ") }, body: "" };
    }
    try {
      return await runCall(request);
    } catch (thrown) {
      const error = toPlatformError(thrown);
      if (error.status >= 500) {
        logCallError(error, log(), request.callId);
        span.fail(error.code);
      } else span.set({ "error.type": error.code });
      return toErrorAnswer(error);
    }
  }

  async function handle(request: FunctionRequest, context: TemplateContext, span: Span): Promise<void> {
    const { method, path, callId } = request;
    const start = metrics().beginCall();
    const answer = await respond(request, span);
    send(answer, request, context);
    const { status } = answer;
    span.set({ "http.response.status_code": status });
    const duration = Math.round(metrics().endCall(start, status) * 1000) / 1000;
    const level = status < 400 && isQuiet(callId) ? "debug" : "info";
    log()[level]({ call_id: callId, method, path, status, duration_ms: duration }, "call");
  }

  return async (event, context) => {
    announce();
    const request = new FunctionRequest(event);
    const probeAnswer = answerProbe(request);
    if (probeAnswer !== undefined) send(await probeAnswer, request, context);
    else await inCallSpan(definition.name, request, (span) => handle(request, context, span));
  };
}

function send(
  { status, headers, body }: Answer,
  { callId }: FunctionRequest,
  context: TemplateContext,
): void {
  context
    .status(status)
    .headers({ ...headers, "x-call-id": callId })
    .succeed(body);
}

/** An unhandled rejection concerns one call, so it must not end the process, which serves the others. */
function logUnhandledRejections(log: () => Logger): void {
  if (process.listenerCount("unhandledRejection") > 0) return;
  process.on("unhandledRejection", (error) =>
    log().error({ error: describeError(error) }, "unhandled_rejection"),
  );
}

function isHealthCheck({ method, path }: FunctionRequest): boolean {
  return path === "/healthz" && (method === "GET" || method === "HEAD");
}

/** A body of GET and HEAD has no meaning (RFC 9110), so its type and size are not checked. */
function isBodyIgnored({ method }: FunctionRequest): boolean {
  return method === "GET" || method === "HEAD";
}

function toAllowedMethods(methods: readonly string[]): string[] {
  return [...methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"];
}

function requireMethod(method: string, methods: readonly string[]): void {
  if (!methods.includes(method)) throw new MethodNotAllowedError({ method, allowed: methods });
}
