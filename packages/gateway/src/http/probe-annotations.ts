import { parseDuration } from "@platform/shared/config/duration";
import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "./errors.ts";

/** The settings of a probe in a function's annotations; absent ones are undefined. */
interface ProbeSettings {
  path?: string;
  initialDelaySeconds?: number;
  periodSeconds?: number;
  timeoutSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
}

/** The probes in a function's annotations. */
export interface ProbeAnnotations {
  /** `com.openfaas.ready.http.*` */
  ready: ProbeSettings;
  /** `com.openfaas.health.http.*` */
  health: ProbeSettings;
}

type Numbers = Exclude<keyof ProbeSettings, "path">;

const prefixes = { ready: "com.openfaas.ready.http.", health: "com.openfaas.health.http." };
const longestSeconds = 3_600;
const maxProbes = 1_000;
/** The setting and the minimum of each annotation. OpenFaaS documents both names of the delay. */
const numbers: Readonly<Record<string, readonly [setting: Numbers, least: number]>> = {
  initialDelay: ["initialDelaySeconds", 0],
  initialDelaySeconds: ["initialDelaySeconds", 0],
  periodSeconds: ["periodSeconds", 1],
  timeoutSeconds: ["timeoutSeconds", 1],
  successThreshold: ["successThreshold", 1],
  failureThreshold: ["failureThreshold", 1],
};

/**
 * Reads the annotations `com.openfaas.ready.http.*` and `com.openfaas.health.http.*`.
 * @throws NotDeployableError (400) that names all invalid annotations
 */
export function readProbeAnnotations(annotations: Readonly<Record<string, string>>): ProbeAnnotations {
  const problems: string[] = [];
  const probes: ProbeAnnotations = { ready: {}, health: {} };
  for (const [name, text] of Object.entries(annotations)) {
    const { kind, key } = parseName(name) ?? {};
    if (kind === undefined || key === undefined) continue;
    const problem = readSetting(probes[kind], key, text);
    if (problem !== undefined)
      problems.push(`The annotation ${name} is "${printable(text)}"; it must be ${problem}`);
  }
  if (problems.length > 0) throw new NotDeployableError({ reason: `${problems.join("; ")}.` });
  return probes;
}

/** Whether an annotation configures a probe. */
export function isProbeAnnotation(name: string): boolean {
  return parseName(name) !== undefined;
}

/** Returns the probe and the setting of an annotation. Kubernetes has no success threshold for liveness probes. */
function parseName(name: string): { kind: keyof ProbeAnnotations; key: string } | undefined {
  for (const kind of ["ready", "health"] as const) {
    if (!name.startsWith(prefixes[kind])) continue;
    const key = name.slice(prefixes[kind].length);
    const isKnown = key === "path" || Object.hasOwn(numbers, key);
    if (isKnown && !(kind === "health" && key === "successThreshold")) return { kind, key };
  }
  return undefined;
}

/** Applies an annotation. @returns the permitted values when it is invalid */
function readSetting(probe: ProbeSettings, key: string, text: string): string | undefined {
  if (key === "path") {
    probe.path = text;
    return /^\/[!-~]{0,500}$/.test(text) ? undefined : "a path such as /healthz";
  }
  const [setting, least] = numbers[key]!;
  const isCount = setting.endsWith("Threshold");
  const [value, most] = isCount ? [toCount(text), maxProbes] : [toSeconds(text), longestSeconds];
  probe[setting] = value;
  if (value >= least && value <= most) return undefined;
  return isCount ? `a whole number from ${least} to ${most}` : `${least} to ${most} seconds, such as 30s`;
}

function toCount(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}

/** Parses a number of seconds, or a duration such as 30s; OpenFaaS's examples have both. */
function toSeconds(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : Math.ceil((parseDuration(text) ?? Number.NaN) / 1_000);
}
