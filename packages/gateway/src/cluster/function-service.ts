import { TooManyWaitingError } from "../http/errors.ts";
import type { FunctionAddress, FunctionDefinition, FunctionTarget } from "../http/function-target.ts";
import type { LogSource } from "../http/log-source.ts";
import { parseWatchdogTimeout } from "../http/watchdog-timeout.ts";
import { type Pod, ReadyPods } from "./ready-pods.ts";
import { WakeUp } from "./wake-up.ts";

/** Options of FunctionService. */
export interface FunctionServiceOptions {
  /** How long a call waits for a ready pod, in milliseconds. */
  readyTimeoutMs: number;
  /** Whether the gateway has room for another waiting call. */
  hasRoom(): boolean;
  /** Reads the logs of the pods. */
  logs: LogSource;
  /** Whether calls wake the function from zero. */
  mayWake: boolean;
  /** Sets the replicas if the Deployment still has this version. @throws KubernetesError */
  setReplicas(replicas: number, version: string): Promise<void>;
  /** Called after a wake-up from zero. */
  woken(replicas: number): void;
  /** Called after a failed wake-up, which is retried. */
  wakeFailed(error: unknown): void;
}

/** Limits the waiting calls of a function, to leave room for other functions. */
const maxWaiting = 1_000;
const minReadTimeoutMs = 5_000;

/** A function that runs as a Deployment; its calls go directly to ready pods, without kube-proxy. */
export class FunctionService implements FunctionTarget {
  definition: FunctionDefinition;
  createdAt: Date;
  replicas: { wanted: number; available: number };
  readonly readyTimeoutMs: number;
  invocations = 0;
  wakeUps = 0;
  readonly logs: LogSource;
  readonly #pods = new ReadyPods();
  readonly #hasRoom: () => boolean;
  readonly #wakeUp: WakeUp;
  #version: string;
  #isEnded = false;

  constructor(deployed: DeployedFunction, options: FunctionServiceOptions) {
    this.logs = options.logs;
    this.definition = deployed.definition;
    this.createdAt = deployed.createdAt;
    this.replicas = deployed.replicas;
    this.#version = deployed.version;
    this.readyTimeoutMs = options.readyTimeoutMs;
    this.#hasRoom = options.hasRoom;
    this.#wakeUp = new WakeUp({
      isAllowed: options.mayWake,
      labels: () => this.definition.labels,
      isNeeded: () => this.replicas.wanted === 0 && this.#pods.waiting > 0,
      wake: async (replicas) => {
        await options.setReplicas(replicas, this.#version);
        this.wakeUps += 1;
        // The watch confirms this a moment later.
        this.replicas = { ...this.replicas, wanted: replicas };
        options.woken(replicas);
      },
      failed: options.wakeFailed,
      refused: (error) => this.#pods.endWaiters(error),
      name: () => this.definition.name,
    });
  }

  get keepAlive(): boolean {
    return allowsKeepAlive(this.definition.environment.read_timeout);
  }

  /** The number of calls that wait for a pod. */
  get waiting(): number {
    return this.#pods.waiting;
  }

  /** Updates definition and replicas, and keeps the counts. */
  update({ definition, createdAt, replicas, version }: DeployedFunction): void {
    Object.assign(this, { definition, createdAt, replicas });
    this.#version = version;
    this.#wakeUp.check();
  }

  /** Sets the addresses of its ready pods. */
  updatePods(addresses: readonly FunctionAddress[]): void {
    this.#pods.update(addresses);
  }

  /** Ends the waiting calls: the Deployment is deleted, or the gateway shuts down. */
  end(): void {
    this.#isEnded = true;
    this.#pods.endWaiters();
  }

  /**
   * Waits for a ready pod, and wakes the function from zero. The pod counts the call as in flight until the caller ends it
   * with the function that `callStarted` returns.
   * @throws TooManyWaitingError (503), FunctionAtZeroError (503)
   */
  async address(withinMs: number, signal?: AbortSignal): Promise<Pod | undefined> {
    if (this.#isEnded) return undefined;
    const pod = this.#pods.take();
    if (pod !== undefined) return pod;
    if (this.waiting >= maxWaiting || !this.#hasRoom()) {
      throw new TooManyWaitingError({ name: this.definition.name });
    }
    const waited = this.#pods.wait(withinMs, signal);
    this.#wakeUp.check();
    return waited;
  }

  callStarted(pod: Pod): () => void {
    return () => this.#pods.release(pod);
  }

  connected(pod: Pod): void {
    this.#pods.connected(pod);
  }

  refused(pod: Pod): void {
    this.#pods.refused(pod);
  }
}

/** Whether connections can be reused: the watchdog closes idle ones after read_timeout. */
function allowsKeepAlive(readTimeout: string | undefined): boolean {
  if (readTimeout === undefined) return true;
  return (parseWatchdogTimeout(readTimeout) ?? 0) >= minReadTimeoutMs;
}

/** The deployed state of a function. */
export interface DeployedFunction extends Pick<FunctionTarget, "definition" | "createdAt" | "replicas"> {
  /** The resourceVersion of its Deployment. */
  version: string;
}
