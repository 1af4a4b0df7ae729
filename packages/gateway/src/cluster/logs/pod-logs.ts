import { once, setMaxListeners } from "node:events";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import * as v from "valibot";
import type { LogQuery } from "../../http/log-query.ts";
import type { LogLine, LogSource } from "../../http/log-source.ts";
import { functionLabel } from "../deployments.ts";
import { toProviderError } from "../provider/provider-errors.ts";
import { mergeByTime } from "./merge-by-time.ts";
import { PodLog } from "./pod-log.ts";
import { noticeLine, type TimedLine } from "./timed-line.ts";

/** Options of PodLogs. */
export interface PodLogsOptions {
  client: KubernetesClient;
  /** Host and port of the API server, for error messages. */
  host: string;
  /** The function's name. */
  name: string;
  namespace: string;
}

const podList = v.object({
  items: v.array(
    v.object({
      metadata: v.object({ name: v.string() }),
      spec: v.object({ containers: v.looseTuple([v.object({ name: v.string() })]) }),
    }),
  ),
});
/** Interval of the search for new pods and containers while a client follows. */
const pauseMs = 2_000;
/** Maximum of lines that wait for a slow reader; then the pods' streams pause. */
const maxWaiting = 100;

/** The logs of a function's pods, read from the Kubernetes API on request. */
export class PodLogs implements LogSource {
  readonly #options: PodLogsOptions;

  constructor(options: PodLogsOptions) {
    this.#options = options;
  }

  async read(query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>> {
    setMaxListeners(Number.POSITIVE_INFINITY, signal); // each pod's stream adds a listener
    const logs = new Map<string, PodLog>();
    try {
      await this.#findPods(logs, query);
    } catch (error) {
      if (!(error instanceof KubernetesError)) throw error;
      throw toProviderError(error, `list the pods of ${this.#options.name}`, this.#options.host);
    }
    return this.#lines(logs, query, signal);
  }

  async *#lines(logs: Map<string, PodLog>, query: LogQuery, signal: AbortSignal): AsyncGenerator<LogLine> {
    const { tail, since } = query;
    const written = [...logs].map(([pod, log]) =>
      linesOrNotice(pod, log.read({ tail, since, follow: false }, signal), signal),
    );
    const merged = mergeByTime(written);
    yield* tail === undefined ? merged : await takeLast(merged, tail);
    if (query.follow && !signal.aborted) yield* this.#follow(logs, query, signal);
  }

  /** New lines of current and later pods. */
  #follow(logs: Map<string, PodLog>, query: LogQuery, signal: AbortSignal): PassThrough {
    const lines = new PassThrough({ objectMode: true, highWaterMark: maxWaiting }).setMaxListeners(0);
    const closed = new AbortController();
    lines.once("close", () => closed.abort());
    const end = AbortSignal.any([signal, closed.signal]);
    setMaxListeners(Number.POSITIVE_INFINITY, end);
    void this.#pipeAll(logs, lines, query, end).finally(() => lines.end());
    return lines;
  }

  /** Repeats until the signal fires; a failure is retried after the pause. */
  async #pipeAll(logs: Map<string, PodLog>, lines: PassThrough, query: LogQuery, signal: AbortSignal) {
    const followed = new Set<string>();
    while (!signal.aborted) {
      await this.#findPods(logs, query).catch(() => undefined);
      for (const [name, log] of logs) {
        if (followed.has(name)) continue;
        followed.add(name);
        void pipeLines(log.read({ since: query.since, follow: true }, signal), lines, signal)
          .catch(() => undefined)
          .finally(() => followed.delete(name));
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Adds the logs of new pods, and drops those of removed pods. */
  async #findPods(logs: Map<string, PodLog>, { instance }: LogQuery): Promise<void> {
    const { client, name, namespace } = this.#options;
    const labelSelector = `${functionLabel}=${name}`;
    const pods = await client.get(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
    const containers = v
      .parse(podList, pods)
      .items.map(({ metadata, spec }) => [metadata.name, spec.containers[0].name] as const)
      .filter(([pod]) => instance === undefined || pod === instance);
    const names = new Set(containers.map(([pod]) => pod));
    for (const pod of logs.keys()) if (!names.has(pod)) logs.delete(pod);
    for (const [pod, container] of containers) {
      if (!logs.has(pod)) logs.set(pod, new PodLog(client, { name: pod, namespace, container }));
    }
  }
}

/** Reads the lines of a pod. If that fails, for example because its node is down, a notice replaces them; other pods are not affected. */
async function* linesOrNotice(
  pod: string,
  lines: AsyncIterable<TimedLine>,
  signal: AbortSignal,
): AsyncGenerator<TimedLine> {
  try {
    yield* lines;
  } catch (error) {
    signal.throwIfAborted();
    yield noticeLine(pod, `The log of this pod cannot be read: ${(error as Error).message}`);
  }
}

async function pipeLines(source: AsyncIterable<TimedLine>, lines: PassThrough, signal: AbortSignal) {
  for await (const line of source) {
    if (!lines.writable) return;
    if (!lines.write(line)) await once(lines, "drain", { signal });
  }
}

/** Reads all lines, and yields the last ones. */
async function takeLast(lines: AsyncIterable<TimedLine>, count: number): Promise<TimedLine[]> {
  const last: TimedLine[] = [];
  for await (const line of lines) {
    last.push(line);
    if (last.length > count) last.shift();
  }
  return last;
}
