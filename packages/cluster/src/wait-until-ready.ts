import { setTimeout as sleep } from "node:timers/promises";
import { retry } from "@platform/shared/clients/retry";
import { NotReadyError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject, Workload } from "./kubernetes-objects.ts";
import { listProblems, type NamespaceState, readState, withWarnings } from "./problems.ts";
import { type WorkloadState, workloadName, workloadState } from "./workloads.ts";

/** Options of waitUntilReady. */
export interface WaitContext {
  kubectl: Kubectl;
  say(line: string): void;
  signal: AbortSignal;
  timeoutMs: number;
  /** The pause between two polls. */
  pollMs?: number;
}

/** The time before a reason is printed, and the interval of its repetition. */
const reasonMs = 20_000;

/**
 * Waits until all workloads of an overlay are ready, and prints the progress.
 * @throws NotReadyError with the reasons after the time limit, or when a Job fails
 */
export async function waitUntilReady(
  { kubectl, say, signal, timeoutMs, pollMs = 2_000 }: WaitContext,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const names = new Set(objects.filter(isWorkload).map(workloadKey));
  const scope = ["--all-namespaces"];
  const start = Date.now();
  let lastReasons = start;
  let lastCount = -1;
  for (;;) {
    // A single request may time out on a loaded API server.
    const state = await retry(() => readState(kubectl, scope), {
      shouldRetry: (_, tries) => tries < 5,
      backoff: { firstMs: 500, longestMs: 5_000 },
      signal,
    });
    const states = state.workloads.filter((workload) => names.has(workloadKey(workload))).map(withState);
    const waiting = states.filter((entry) => !entry.state.isReady);
    const elapsedMs = Date.now() - start;
    const count = states.length - waiting.length;
    if (count !== lastCount) {
      lastCount = count;
      say(progressLine(elapsedMs, count, states.length, waiting));
    }
    if (waiting.length === 0) return;
    const failed = waiting.some((entry) => entry.state.failure !== undefined);
    const isOver = failed || elapsedMs >= timeoutMs;
    if (isOver || Date.now() - lastReasons >= reasonMs) {
      lastReasons = Date.now();
      const problems = problemLines(waiting, await withWarnings(kubectl, scope, state));
      if (isOver) {
        const limit = `Not everything is ready after ${Math.round(elapsedMs / 1000)} s`;
        throw new NotReadyError({ reason: failed ? "A job has failed" : limit, problems });
      }
      say(progressLine(elapsedMs, count, states.length, []));
      for (const problem of problems) say(`         ${problem}`);
    }
    await sleep(pollMs, undefined, { signal });
  }
}

interface Entry {
  workload: Workload;
  state: WorkloadState;
}

const withState = (workload: Workload): Entry => ({ workload, state: workloadState(workload) });

function progressLine(elapsedMs: number, ready: number, all: number, waiting: readonly Entry[]): string {
  const names = waiting.map(({ workload }) => workload.metadata.name).join(", ");
  const seconds = String(Math.round(elapsedMs / 1000)).padStart(4);
  return `${seconds} s  ${ready} of ${all} ready${names === "" ? "" : `; waiting for ${names}`}`;
}

function problemLines(waiting: readonly Entry[], state: NamespaceState): string[] {
  return waiting.flatMap(({ workload, state: readiness }) => {
    const counted = `${readiness.name} ${readiness.ready}/${readiness.wanted}`;
    return listProblems(workload, readiness, state).map((problem) => `${counted}: ${problem}`);
  });
}

function isWorkload({ kind }: KubernetesObject): boolean {
  return ["Deployment", "StatefulSet", "Job"].includes(kind);
}

function workloadKey(object: Pick<Workload, "kind" | "metadata">): string {
  return `${object.metadata.namespace} ${workloadName(object)}`;
}
