import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import { splitLines } from "../../http/split-lines.ts";
import { parseLogLine, type TimedLine } from "./timed-line.ts";

/** Selects lines of a pod's log. */
export interface PodLogQuery {
  /** The number of last lines; undefined: all. */
  tail?: number | undefined;
  /** No line before this time, in milliseconds since 1970. */
  since: number;
  follow: boolean;
}

/** The log of a pod's container. Each read continues after the last line of the previous read. */
export class PodLog {
  readonly #client: KubernetesClient;
  readonly #path: string;
  readonly #name: string;
  readonly #container: string;
  /** The time of the last line that was read. The times of a container's lines are unique. */
  #lastAt = -1n;

  constructor(client: KubernetesClient, pod: { name: string; namespace: string; container: string }) {
    this.#client = client;
    this.#path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log`;
    this.#name = pod.name;
    this.#container = pod.container;
  }

  /** Reads lines to the end of the log, or with `follow` to the end of the container. A pod that is deleted or has not started has no lines. */
  async *read(query: PodLogQuery, signal: AbortSignal): AsyncGenerator<TimedLine> {
    const lastAt = this.#lastAt;
    for await (const line of this.#lines(query, signal)) {
      if (line.time < query.since || line.at <= lastAt) continue;
      this.#lastAt = line.at;
      yield line;
    }
  }

  async *#lines({ tail, since, follow }: PodLogQuery, signal: AbortSignal): AsyncGenerator<TimedLine> {
    const from = Math.max(since, Number(this.#lastAt / 1_000_000n));
    const query = {
      container: this.#container,
      timestamps: true,
      follow,
      tailLines: tail,
      // The parameter sinceTime has a precision of seconds.
      sinceTime: from > 0 ? new Date(from).toISOString() : undefined,
    };
    const stream = await this.#client.stream(this.#path, query, signal).catch(undefinedWithoutLog);
    if (stream === undefined) return;
    const lines: TimedLine[] = [];
    let at = 0n;
    const split = splitLines((text) => {
      const line = parseLogLine(text, this.#name, at);
      at = line.at;
      lines.push(line);
    });
    for await (const chunk of stream) {
      split(chunk);
      yield* lines.splice(0);
    }
    split(undefined);
    yield* lines.splice(0);
  }
}

/** 400: the container has not started; 404: the pod is deleted. */
function undefinedWithoutLog(error: unknown): undefined {
  if (error instanceof KubernetesError && (error.status === 400 || error.status === 404)) return undefined;
  throw error;
}
