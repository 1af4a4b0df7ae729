import type { Scaling } from "../../http/scale-labels.ts";

/** How busy a function is at all gateways. */
export type Load = Readonly<{ inFlight: number; perSecond: number }>;

/** What a decision about a function's replicas depends on. */
export interface ScaleFacts {
  scaling: Scaling;
  /** The replicas that its Deployment asks for. */
  replicas: number;
  load: Load;
  /** The most replicas that its load needed within the scale-down window; undefined: it was not watched for so long. */
  recentlyNeeded: number | undefined;
  /** How long it has had no call in flight, and was not changed. */
  idleMs: number;
}

/** A change of a function's replicas. */
export interface ScaleDecision {
  to: number;
  reason: "load" | "idle";
}

/**
 * Decides how many replicas a function should have; undefined: as many as it has. A function without replicas stays so: its
 * next call wakes it.
 */
export function decideReplicas(facts: ScaleFacts): ScaleDecision | undefined {
  const { scaling, replicas, load, recentlyNeeded, idleMs } = facts;
  if (replicas === 0) return undefined;
  if (scaling.zero && load.inFlight === 0 && idleMs >= scaling.zeroAfterMs) return { to: 0, reason: "idle" };
  if (!scalesByCalls(scaling)) return undefined;
  const needed = neededReplicas(scaling, load);
  if (needed > replicas) {
    const step = Math.max(1, Math.ceil((scaling.max * scaling.factor) / 100));
    return { to: Math.min(needed, replicas + step), reason: "load" };
  }
  if (recentlyNeeded !== undefined && recentlyNeeded < replicas)
    return { to: recentlyNeeded, reason: "load" };
  return undefined;
}

/** How many replicas the load needs, within the function's bounds. */
export function neededReplicas({ type, target, min, max }: Scaling, load: Load): number {
  const calls = type === "rps" ? load.perSecond : load.inFlight;
  return Math.min(max, Math.max(min, 1, Math.ceil(calls / target)));
}

/** Whether the gateway scales it by its load; by processor time it is the autoscaler that does. */
function scalesByCalls({ type, factor }: Scaling): boolean {
  return type !== "cpu" && factor > 0;
}
