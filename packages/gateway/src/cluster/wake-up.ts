import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "@platform/shared/clients/backoff";
import { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import { FunctionAtZeroError } from "../http/errors.ts";
import { readScaleLabels } from "../http/scale-labels.ts";

/** Options of WakeUp. */
export interface WakeUpOptions {
  name(): string;
  /** Whether the gateway may wake functions at all. */
  isAllowed: boolean;
  labels(): Readonly<Record<string, string>>;
  /** Whether the function is at zero and a call waits. */
  isNeeded(): boolean;
  /** Sets the replicas. @throws KubernetesError */
  wake(replicas: number): Promise<void>;
  /** Called after a failure, which is retried. */
  failed(error: unknown): void;
  /** Called when the gateway's role does not allow the wake-up. */
  refused(error: FunctionAtZeroError): void;
}

const backoffMs = { firstMs: 500, longestMs: 5_000 };
/** After a refusal by the API, calls are refused without another request for this time, in milliseconds. */
const refusalMs = 10_000;

/** Wakes a function from zero: once for all waiting calls, and again if it stays at zero. */
export class WakeUp {
  readonly #options: WakeUpOptions;
  #isRunning = false;
  #refusal: { error: FunctionAtZeroError; until: number } | undefined;

  constructor(options: WakeUpOptions) {
    this.#options = options;
  }

  /** Wakes the function if needed; does nothing during a wake-up. */
  check(): void {
    const { isAllowed, isNeeded, refused, name } = this.#options;
    if (this.#isRunning || !isNeeded()) return;
    const refusal = this.#refusal;
    if (!isAllowed) refused(new FunctionAtZeroError({ name: name() }));
    else if (refusal !== undefined && performance.now() < refusal.until) refused(refusal.error);
    else void this.#run();
  }

  async #run(): Promise<void> {
    const { isNeeded, failed } = this.#options;
    const backoff = new Backoff(backoffMs);
    this.#isRunning = true;
    try {
      while (isNeeded()) {
        await this.#wake().catch(failed);
        await sleep(backoff.next(), undefined, { ref: false });
      }
    } finally {
      this.#isRunning = false;
    }
  }

  async #wake(): Promise<void> {
    const { name, wake, refused } = this.#options;
    try {
      await wake(this.#replicas());
    } catch (cause) {
      if (!isForbidden(cause)) throw cause;
      const error = new FunctionAtZeroError({ name: name(), cause });
      this.#refusal = { error, until: performance.now() + refusalMs };
      refused(error);
    }
  }

  #replicas(): number {
    try {
      return Math.max(1, readScaleLabels(this.#options.labels()).min);
    } catch {
      return 1; // Wrong labels, which only kubectl can set, must not prevent a wake-up.
    }
  }
}

/** Whether the gateway's role lacks the verb, as the role of a read-only gateway does. */
function isForbidden(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 403;
}
