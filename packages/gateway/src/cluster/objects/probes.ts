import { parseDuration } from "@platform/shared/config/duration";
import { NotDeployableError } from "../../http/errors.ts";

type Annotations = Readonly<Record<string, string>>;

const longestSeconds = 3_600;

/**
 * The probes of a function's container, as its annotations `com.openfaas.ready.http.*` and `com.openfaas.health.http.*`
 * say: `path`, `initialDelay` and `periodSeconds`. The defaults are the watchdog's own paths.
 * @throws NotDeployableError (400) that names the annotation
 */
export function functionProbes(annotations: Annotations) {
  const ready = readProbe(annotations, "com.openfaas.ready.http", "/_/ready", 5);
  const health = readProbe(annotations, "com.openfaas.health.http", "/_/health", 20);
  return {
    startupProbe: { ...ready, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...ready, timeoutSeconds: 3 },
    livenessProbe: { ...health, timeoutSeconds: 5 },
  };
}

function readProbe(annotations: Annotations, prefix: string, defaultPath: string, defaultPeriod: number) {
  const read = (key: string) => annotations[`${prefix}.${key}`];
  const path = read("path") ?? defaultPath;
  if (!/^\/[!-~]{0,500}$/.test(path)) throw wrong(`${prefix}.path`, path, "must be a path such as /healthz");
  const delay = readSeconds(`${prefix}.initialDelay`, read("initialDelay"), 0);
  return {
    httpGet: { path, port: "http" },
    ...(delay === undefined ? {} : { initialDelaySeconds: delay }),
    periodSeconds: readSeconds(`${prefix}.periodSeconds`, read("periodSeconds"), 1) ?? defaultPeriod,
  };
}

/** A number of seconds, or a duration such as 30s. */
function readSeconds(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : Math.ceil((parseDuration(text) ?? -1) / 1_000);
  if (seconds >= least && seconds <= longestSeconds) return seconds;
  throw wrong(name, text, `must be ${least} to ${longestSeconds} seconds, such as 30s`);
}

function wrong(name: string, value: string, reason: string): NotDeployableError {
  return new NotDeployableError({ reason: `The annotation ${name} is "${value}"; it ${reason}.` });
}
