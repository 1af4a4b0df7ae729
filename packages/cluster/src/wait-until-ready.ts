import { setTimeout as sleep } from "node:timers/promises";
import { retry } from "@platform/shared/clients/retry";
import { NotReadyError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject, Workload } from "./kubernetes-objects.ts";
import { type NamespaceState, problemsOf, readState, withWarnings } from "./problems.ts";
import { type WorkloadState, workloadName, workloadState } from "./workloads.ts";

/** What waiting needs besides the objects. */
export interface WaitContext {
  kubectl: Kubectl;
  say(line: string): void;
  signal: AbortSignal;
  timeoutMs: number;
  /** Between two looks. */
  pollMs?: number;
}

/** How long something may take before the reason is printed, and how often. */
const reasonMs = 20_000;

/**
 * Waits until all workloads of an overlay are ready, and says how far they are.
 * @throws NotReadyError with the reasons after the time limit, or when a Job fails
 */
export async function waitUntilReady(
  { kubectl, say, signal, timeoutMs, pollMs = 2_000 }: WaitContext,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const names = new Set(objects.filter(isWorkload).map(keyOf));
  const scope = ["--all-namespaces"];
  const start = Date.now();
  let lastReasons = start;
  let lastCount = -1;
  for (;;) {
    // An API server under load may be late once.
    const state = await retry(() => readState(kubectl, scope), {
      shouldRetry: (_, tries) => tries < 5,
      backoff: { firstMs: 500, longestMs: 5_000 },
      signal,
    });
    const states = state.workloads.filter((workload) => names.has(keyOf(workload))).map(withState);
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
  return waiting.flatMap(({ workload, state: own }) => {
    const counted = `${own.name} ${own.ready}/${own.wanted}`;
    return problemsOf(workload, own, state).map((problem) => `${counted}: ${problem}`);
  });
}

function isWorkload({ kind }: KubernetesObject): boolean {
  return ["Deployment", "StatefulSet", "Job"].includes(kind);
}

function keyOf(object: Pick<Workload, "kind" | "metadata">): string {
  return `${object.metadata.namespace} ${workloadName(object)}`;
}
