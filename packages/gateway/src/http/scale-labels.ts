import { parseDuration } from "@platform/shared/config/duration";
import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "./errors.ts";

/** The load that determines replicas: processor time (`cpu`), calls per second (`rps`), calls in flight (`capacity`). */
type ScaleType = "cpu" | "rps" | "capacity";

/** The scaling of a function, from its labels `com.openfaas.scale.*`. */
export interface Scaling {
  /** Minimum replicas while it is not at zero. With 0 the function starts at zero. */
  min: number;
  max: number;
  type: ScaleType;
  /** The load of one replica: thousandths of a core (cpu), calls per second (rps), calls in flight (capacity). */
  target: number;
  /** The largest step up, in percent of `max`; 0 switches scaling off. */
  factor: number;
  /** Whether an idle function goes to zero. */
  zero: boolean;
  /** The idle time before it goes to zero, in milliseconds. */
  zeroAfterMs: number;
}

const prefix = "com.openfaas.scale.";
const types: readonly string[] = ["cpu", "rps", "capacity"];
const defaultTargets: Readonly<Record<ScaleType, number>> = { cpu: 500, rps: 50, capacity: 50 };
const defaultMax = 3;
/** OpenFaaS's default. */
const defaultZeroAfterMs = 15 * 60_000;
const maxReplicas = 1_000;

/**
 * Reads the labels.
 * @throws NotDeployableError (400) that names all invalid labels
 */
export function readScaleLabels(labels: Readonly<Record<string, string>>): Scaling {
  const read = new ScaleLabels(labels);
  const min = read.count("min", 1, { from: 0, to: maxReplicas });
  const max = read.count("max", Math.max(defaultMax, min), { from: Math.max(1, min), to: maxReplicas });
  const type = read.type();
  const scaling = {
    min,
    max,
    type,
    target: read.count("target", defaultTargets[type], { from: 1, to: 1_000_000 }),
    factor: read.count("factor", 100, { from: 0, to: 100 }),
    zero: read.flag("zero", min === 0),
    zeroAfterMs: read.duration("zero-duration", defaultZeroAfterMs),
  };
  if (read.problems.length > 0) throw new NotDeployableError({ reason: `${read.problems.join("; ")}.` });
  return scaling;
}

/** Whether a HorizontalPodAutoscaler scales the function. */
export function hasAutoscaler({ type, factor, min, max }: Scaling): boolean {
  return type === "cpu" && factor > 0 && max > Math.max(min, 1);
}

/** Reads labels one by one, and collects the problems of invalid ones, so that an answer can name all. */
class ScaleLabels {
  readonly problems: string[] = [];
  readonly #labels: Readonly<Record<string, string>>;

  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = labels;
  }

  type(): ScaleType {
    return this.#read(
      "type",
      "cpu",
      (text) => (isScaleType(text) ? text : undefined),
      "cpu, rps or capacity",
    );
  }

  count(name: string, fallback: number, { from, to }: { from: number; to: number }): number {
    const parse = (text: string) => {
      const value = Number(text);
      return /^\d{1,7}$/.test(text) && value >= from && value <= to ? value : undefined;
    };
    return this.#read(name, fallback, parse, `a whole number from ${from} to ${to}`);
  }

  flag(name: string, fallback: boolean): boolean {
    const parse = (text: string) => (text === "true" || text === "false" ? text === "true" : undefined);
    return this.#read(name, fallback, parse, '"true" or "false"');
  }

  duration(name: string, fallback: number): number {
    return this.#read(
      name,
      fallback,
      (text) => parseDuration(text) || undefined,
      "a duration such as 15m or 30s",
    );
  }

  #read<Value>(
    name: string,
    fallback: Value,
    parse: (text: string) => Value | undefined,
    mustBe: string,
  ): Value {
    const text = this.#labels[prefix + name];
    if (text === undefined) return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    this.problems.push(`The label ${prefix}${name} is "${printable(text)}"; it must be ${mustBe}`);
    return fallback;
  }
}

function isScaleType(text: string): text is ScaleType {
  return types.includes(text);
}
