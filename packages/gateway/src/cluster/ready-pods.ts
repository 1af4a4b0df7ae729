import type { FunctionAddress } from "../http/function-target.ts";

/** A ready pod of a function. */
export interface Pod extends FunctionAddress {
  /** Calls in flight from this gateway. */
  inFlight: number;
  /** Consecutive refused connections. */
  refusals: number;
  /** The end of the pause after a refusal, by performance.now(). */
  avoidedUntil: number;
  /** Whether a call is probing the pod after a refusal. */
  isTried: boolean;
}

/** A call that waits for a pod. */
interface Waiter {
  settle(pod: Pod | undefined): void;
  fail(error: Error): void;
}

const firstAvoidanceMs = 250;
const longestAvoidanceMs = 4_000;

/**
 * Balances calls over the ready pods of a function: it chooses the pod with the fewest calls in flight, round robin among equals.
 * It avoids a pod that refused a connection for a while; then a single call probes the pod. Without a pod, calls wait.
 */
export class ReadyPods {
  #pods: readonly Pod[] = [];
  #turn = 0;
  readonly #waiters = new Set<Waiter>();

  /** The number of waiting calls. */
  get waiting(): number {
    return this.#waiters.size;
  }

  /** Sets the addresses of the ready pods, and serves waiting calls. */
  update(addresses: readonly FunctionAddress[]): void {
    this.#pods = addresses.map(({ host, port }) => {
      const known = this.#pods.find((pod) => pod.host === host && pod.port === port);
      return known ?? { host, port, inFlight: 0, refusals: 0, avoidedUntil: 0, isTried: false };
    });
    this.#serveWaiters();
  }

  /** Chooses a pod for a call, which is in flight until `release`; undefined when no pod accepts calls. */
  take(): Pod | undefined {
    const pods = this.#pods;
    const now = performance.now();
    let chosen: Pod | undefined;
    for (let index = 0; index < pods.length; index++) {
      const pod = pods[(this.#turn + index) % pods.length]!;
      if (mayReceiveCall(pod, now) && (chosen === undefined || pod.inFlight < chosen.inFlight)) chosen = pod;
    }
    if (chosen === undefined) return undefined;
    this.#turn = (this.#turn + 1) % pods.length;
    chosen.inFlight += 1;
    chosen.isTried = chosen.refusals > 0;
    return chosen;
  }

  /**
   * Waits for a pod, and takes it as `take` does.
   * @returns undefined when no pod accepts calls in time, or the signal aborts
   * @throws the error of `endWaiters`
   */
  wait(withinMs: number, signal: AbortSignal | undefined): Promise<Pod | undefined> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", giveUp);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        settle(pod) {
          end();
          resolve(pod);
        },
        fail(error) {
          end();
          reject(error);
        },
      };
      const giveUp = () => waiter.settle(undefined);
      const timer = setTimeout(giveUp, withinMs);
      this.#waiters.add(waiter);
      if (signal?.aborted) giveUp();
      else signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Records the end of a call to the pod. */
  release(pod: Pod): void {
    pod.inFlight -= 1;
    pod.isTried = false;
    if (pod.refusals > 0) this.#serveWaiters();
  }

  /** Records that the pod accepted a connection. */
  connected(pod: Pod): void {
    if (pod.refusals === 0) return;
    pod.refusals = 0;
    pod.isTried = false;
    this.#serveWaiters();
  }

  /** Records that the pod refused a connection. */
  refused(pod: Pod): void {
    const now = performance.now();
    if (pod.avoidedUntil > now) return;
    const pauseMs = Math.min(firstAvoidanceMs * 2 ** pod.refusals, longestAvoidanceMs);
    pod.refusals += 1;
    pod.avoidedUntil = now + pauseMs;
    pod.isTried = false;
    setTimeout(() => this.#serveWaiters(), pauseMs + 1).unref();
  }

  /** Ends the waiting calls: with an error, or like a timeout. */
  endWaiters(error?: Error): void {
    for (const waiter of [...this.#waiters]) {
      if (error === undefined) waiter.settle(undefined);
      else waiter.fail(error);
    }
  }

  #serveWaiters(): void {
    for (const waiter of [...this.#waiters]) {
      const pod = this.take();
      if (pod === undefined) return;
      waiter.settle(pod);
    }
  }
}

/** Whether a pod may get a call. After a refusal, one call at a time probes it. */
function mayReceiveCall({ refusals, isTried, avoidedUntil }: Pod, now: number): boolean {
  return refusals === 0 || (avoidedUntil <= now && !isTried);
}
