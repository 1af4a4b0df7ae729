import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";
import type { KubernetesClient } from "./kubernetes-client.ts";
import { isConflict, isMissing } from "./kubernetes-error.ts";
import { leasesPath, microTime } from "./lease.ts";

/** Options of the election. */
export interface LeaderElectionOptions {
  client: KubernetesClient;
  namespace: string;
  /** The Lease's name. */
  name: string;
  /** The candidate's pod. */
  pod: string;
  /** The time for which the Lease is valid without a renewal. */
  durationSeconds?: number;
  log: Logger;
}

const leaseSchema = v.object({
  metadata: v.object({ resourceVersion: v.string() }),
  spec: v.object({
    holderIdentity: v.optional(v.string(), ""),
    leaseDurationSeconds: v.optional(v.number(), 1),
    acquireTime: v.optional(v.string()),
    renewTime: v.optional(v.string(), ""),
    leaseTransitions: v.optional(v.number(), 0),
  }),
});
type Lease = v.InferOutput<typeof leaseSchema>;

/**
 * Elects one leader among the pods that use the same Lease. It never compares the clocks of pods: a candidate waits for the Lease's
 * duration after it saw the last renewal. A leader stops at two thirds of the duration after its own last renewal.
 *
 * Disposing of it releases the Lease, so the next candidate does not wait.
 */
export class LeaderElection implements AsyncDisposable {
  readonly #options: LeaderElectionOptions;
  readonly #identity: string;
  readonly #durationSeconds: number;
  readonly #renewMs: number;
  /** A time of performance.now(), like all times here. */
  #leaderUntil = 0;
  #announced = false;
  #seen = { renewal: "", at: 0 };
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void>;

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    this.#identity = `${options.pod}-${randomUUID()}`;
    this.#durationSeconds = options.durationSeconds ?? 15;
    this.#renewMs = (this.#durationSeconds * 1_000) / 3;
    this.#running = this.#campaign();
  }

  isLeader(): boolean {
    return performance.now() < this.#leaderUntil;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.isLeader()) return;
    this.#leaderUntil = 0;
    await this.#release().catch((error: unknown) => {
      this.#options.log.warn({ error: describeError(error) }, "leader_lease_not_released");
    });
  }

  async #campaign(): Promise<void> {
    let pauseMs = this.#renewMs;
    try {
      pauseMs = Math.min(pauseMs, await this.#renewOrWait());
    } catch (error) {
      pauseMs /= 2;
      // Another candidate won; the next try sees its renewal.
      if (!isConflict(error)) {
        this.#options.log.warn({ error: describeError(error) }, "leader_election_failed");
      }
    }
    this.#announce();
    if (!this.#stopping) this.#timer = setTimeout(() => (this.#running = this.#campaign()), pauseMs);
  }

  /** Renews or takes the Lease, unless another candidate holds it. Resolves with the pause before the next try. */
  async #renewOrWait(): Promise<number> {
    const { client, namespace, name } = this.#options;
    const startedAt = performance.now();
    const lease = await this.#read();
    if (lease === undefined) {
      const body = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name } };
      await client.create(leasesPath(namespace), { ...body, spec: this.#spec(undefined) });
    } else {
      const waitMs = this.#remainingMs(lease);
      if (waitMs > 0) {
        this.#leaderUntil = 0;
        return waitMs;
      }
      await this.#replace(lease, this.#spec(lease));
    }
    this.#leaderUntil = startedAt + this.#durationSeconds * 1_000 * (2 / 3);
    return this.#renewMs;
  }

  /** The time for which another candidate still holds the Lease. */
  #remainingMs({ spec }: Lease): number {
    const renewal = `${spec.holderIdentity} ${spec.renewTime}`;
    if (renewal !== this.#seen.renewal) this.#seen = { renewal, at: performance.now() };
    if (spec.holderIdentity === "" || spec.holderIdentity === this.#identity) return 0;
    return this.#seen.at + spec.leaseDurationSeconds * 1_000 - performance.now();
  }

  #spec(lease: Lease | undefined) {
    const now = microTime();
    const isMine = lease?.spec.holderIdentity === this.#identity;
    return {
      holderIdentity: this.#identity,
      leaseDurationSeconds: this.#durationSeconds,
      acquireTime: (isMine ? lease.spec.acquireTime : undefined) ?? now,
      renewTime: now,
      leaseTransitions: (lease?.spec.leaseTransitions ?? 0) + (isMine || lease === undefined ? 0 : 1),
    };
  }

  async #release(): Promise<void> {
    const lease = await this.#read();
    if (lease?.spec.holderIdentity !== this.#identity) return;
    const { holderIdentity: _holder, ...spec } = lease.spec;
    await this.#replace(lease, spec);
  }

  async #read(): Promise<Lease | undefined> {
    const { client, namespace, name } = this.#options;
    try {
      return v.parse(leaseSchema, await client.get(`${leasesPath(namespace)}/${name}`));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** @throws KubernetesError of status 409 when the Lease changed since it was read */
  async #replace({ metadata: { resourceVersion } }: Lease, spec: object): Promise<void> {
    const { client, namespace, name } = this.#options;
    await client.replace(`${leasesPath(namespace)}/${name}`, {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name, resourceVersion },
      spec,
    });
  }

  #announce(): void {
    const isLeader = this.isLeader();
    if (isLeader === this.#announced) return;
    this.#announced = isLeader;
    const facts = { lease: this.#options.name, pod: this.#options.pod };
    this.#options.log.info(facts, isLeader ? "leader_elected" : "leader_replaced");
  }
}
