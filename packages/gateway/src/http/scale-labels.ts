import { parseDuration } from "@platform/shared/config/duration";
import { NotDeployableError } from "./errors.ts";

/** The load that decides about replicas: processor time (`cpu`), calls a second (`rps`), calls in flight (`capacity`). */
type ScaleType = "cpu" | "rps" | "capacity";

/** How a function scales, by its labels `com.openfaas.scale.*`. */
export interface Scaling {
  /** Minimum of replicas while it is not at zero. 0 means that it starts at zero. */
  min: number;
  max: number;
  type: ScaleType;
  /** The load of one replica: thousandths of a core (cpu), calls a second (rps), calls in flight (capacity). */
  target: number;
  /** The largest step up, in percent of `max`; 0 switches scaling off. */
  factor: number;
  /** Whether it goes to zero when it is idle. */
  zero: boolean;
  /** How long it must be idle for that, in milliseconds. */
  zeroAfterMs: number;
}

const prefix = "com.openfaas.scale.";
const types: readonly string[] = ["cpu", "rps", "capacity"];
const defaultTargets: Readonly<Record<ScaleType, number>> = { cpu: 500, rps: 50, capacity: 50 };
const defaultMax = 3;
/** OpenFaaS's default. */
const defaultZeroAfterMs = 15 * 60_000;
const mostReplicas = 1_000;

/**
 * Reads the labels.
 * @throws NotDeployableError (400) that names the label
 */
export function readScaleLabels(labels: Readonly<Record<string, string>>): Scaling {
  const min = count(labels, "min", 1, { from: 0, to: mostReplicas });
  const max = count(labels, "max", Math.max(defaultMax, min), { from: Math.max(1, min), to: mostReplicas });
  const type = labels[`${prefix}type`] ?? "cpu";
  if (!isScaleType(type)) throw wrong("type", type, "must be cpu, rps or capacity");
  return {
    min,
    max,
    type,
    target: count(labels, "target", defaultTargets[type], { from: 1, to: 1_000_000 }),
    factor: count(labels, "factor", 100, { from: 0, to: 100 }),
    zero: flag(labels, "zero", min === 0),
    zeroAfterMs: duration(labels, "zero-duration", defaultZeroAfterMs),
  };
}

/** Whether a HorizontalPodAutoscaler scales it. */
export function hasAutoscaler({ type, factor, min, max }: Scaling): boolean {
  return type === "cpu" && factor > 0 && max > Math.max(min, 1);
}

function isScaleType(text: string): text is ScaleType {
  return types.includes(text);
}

function count(
  labels: Readonly<Record<string, string>>,
  name: string,
  fallback: number,
  range: { from: number; to: number },
): number {
  const text = labels[prefix + name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d{1,7}$/.test(text) && value >= range.from && value <= range.to) return value;
  throw wrong(name, text, `must be a whole number from ${range.from} to ${range.to}`);
}

function flag(labels: Readonly<Record<string, string>>, name: string, fallback: boolean): boolean {
  const text = labels[prefix + name];
  if (text === undefined) return fallback;
  if (text === "true" || text === "false") return text === "true";
  throw wrong(name, text, 'must be "true" or "false"');
}

function duration(labels: Readonly<Record<string, string>>, name: string, fallback: number): number {
  const text = labels[prefix + name];
  if (text === undefined) return fallback;
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  throw wrong(name, text, "must be a duration such as 15m or 30s");
}

function wrong(name: string, value: string, reason: string): NotDeployableError {
  return new NotDeployableError({ reason: `The label ${prefix}${name} is "${value}"; it ${reason}.` });
}
