import { mapInParallel } from "@platform/shared/clients/map-in-parallel";
import { describeError } from "@platform/shared/errors/describe-error";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { isConflict, isMissing } from "@platform/shared/kubernetes/kubernetes-error";
import type { Logger } from "@platform/shared/log/logger";
import * as v from "valibot";
import type { FunctionCatalog } from "../../http/function-catalog.ts";
import type { FunctionTarget } from "../../http/function-target.ts";
import { readScaleLabels, type Scaling } from "../../http/scale-labels.ts";
import { deploymentsPath } from "../deployments.ts";
import type { FunctionLoad } from "./call-report.ts";
import { decideReplicas, neededReplicas, type ScaleDecision } from "./decide-replicas.ts";
import { ScaleHistory } from "./scale-history.ts";

/** Options of the scaler. */
export interface ScalerOptions {
  client: KubernetesClient;
  functions: FunctionCatalog;
  /** The calls of all gateways, by the functions' called names. */
  readLoads(): Promise<ReadonlyMap<string, FunctionLoad>>;
  /** The scale-down window: replicas go down to the maximum needed within it. */
  scaleDownWindowMs: number;
  /** Called after each change of a function's replicas. */
  scaled(name: string, direction: "up" | "down"): void;
  log: Logger;
}

const deploymentSchema = v.object({
  metadata: v.object({ resourceVersion: v.string() }),
  spec: v.object({ replicas: v.optional(v.number(), 1) }),
});

const noLoad: FunctionLoad = { inFlight: 0, perSecond: 0, idleMs: Number.POSITIVE_INFINITY };
const width = 8;
/** Maximum attempts: a Deployment, or its status, may change between the read and the patch. */
const maxTries = 3;

/** Scales functions by the calls of all gateways, and idle functions to zero. Only the leader's scaler may run. */
export class Scaler {
  readonly #options: ScalerOptions;
  #histories = new Map<string, ScaleHistory>();
  /** The already logged wrong labels, by called name. */
  readonly #reported = new Map<string, string>();

  constructor(options: ScalerOptions) {
    this.#options = options;
  }

  /** Decides about every function once. */
  async run(): Promise<void> {
    const { functions, readLoads } = this.#options;
    const loads = await readLoads();
    const targets = functions.values();
    const names = new Set(functions.names());
    for (const name of this.#histories.keys()) if (!names.has(name)) this.#histories.delete(name);
    await mapInParallel(targets, width, async (target) => {
      const name = functions.calledName(target);
      const scaling = this.#readScaling(name, target);
      if (scaling !== undefined) await this.#scale(name, target, scaling, loads.get(name) ?? noLoad);
    });
  }

  /** Forgets its observations: idle times and scale-down windows restart. */
  reset(): void {
    this.#histories.clear();
  }

  async #scale(name: string, target: FunctionTarget, scaling: Scaling, load: FunctionLoad): Promise<void> {
    const { scaleDownWindowMs, log } = this.#options;
    const now = performance.now();
    const history = this.#histories.get(name) ?? new ScaleHistory(now);
    this.#histories.set(name, history);
    const { definition, createdAt, replicas } = target;
    history.noteDeployed(
      { definition: JSON.stringify([definition, createdAt]), replicas: replicas.wanted },
      now,
    );
    history.noteLoad({ lastCallAt: now - load.idleMs, needed: neededReplicas(scaling, load) }, now);
    const decide = (currentReplicas: number) =>
      decideReplicas({
        scaling,
        replicas: currentReplicas,
        load,
        recentlyNeeded: history.maxNeeded(scaleDownWindowMs, now),
        idleMs: history.idleMs(now),
      });
    if (decide(replicas.wanted) === undefined) return;
    try {
      await this.#change(name, target, decide, history);
    } catch (error) {
      if (isMissing(error)) return;
      log.warn({ function: name, error: describeError(error) }, "scaling_failed");
    }
  }

  /** Decides about the Deployment's current replicas, and sets them; a concurrent change leads to a new decision. */
  async #change(
    name: string,
    target: FunctionTarget,
    decide: (replicas: number) => ScaleDecision | undefined,
    history: ScaleHistory,
  ): Promise<void> {
    const { client, functions, scaled, log } = this.#options;
    const namespace = functions.readNamespace(target);
    const path = `${deploymentsPath(namespace)}/${target.definition.name}`;
    for (let tries = 1; ; tries++) {
      const { metadata, spec } = v.parse(deploymentSchema, await client.get(path));
      const { resourceVersion } = metadata;
      const from = spec.replicas;
      const decision = decide(from);
      if (decision === undefined) return;
      const { to, reason } = decision;
      try {
        await client.patch(path, { metadata: { resourceVersion }, spec: { replicas: to } });
      } catch (error) {
        if (isConflict(error) && tries < maxTries) continue;
        throw error;
      }
      history.noteScaled(to);
      scaled(name, to > from ? "up" : "down");
      log.info({ function: name, from, to, reason }, "function_scaled");
      return;
    }
  }

  /** Reads the scaling labels; undefined when they are wrong, which is logged once. */
  #readScaling(name: string, { definition: { labels } }: FunctionTarget): Scaling | undefined {
    try {
      return readScaleLabels(labels);
    } catch (error) {
      const text = JSON.stringify(labels);
      if (this.#reported.get(name) !== text) {
        this.#reported.set(name, text);
        this.#options.log.warn({ function: name, error: describeError(error) }, "scale_labels_wrong");
      }
      return undefined;
    }
  }
}
