import { readProbeAnnotations } from "../../http/probe-annotations.ts";

/**
 * The probes of a function's container, as its annotations `com.openfaas.ready.http.*` and `com.openfaas.health.http.*`
 * say. The defaults are the watchdog's own paths; a function with a health path alone is ready where that answers, as in OpenFaaS.
 * @throws NotDeployableError (400) that names the annotations which are wrong
 */
export function functionProbes(annotations: Readonly<Record<string, string>>) {
  const { ready, health } = readProbeAnnotations(annotations);
  const { path: readyPath = health.path ?? "/_/ready", successThreshold, ...readiness } = ready;
  const { path: healthPath = "/_/health", ...liveness } = health;
  const readyAt = { httpGet: { path: readyPath, port: "http" } };
  return {
    startupProbe: { ...readyAt, ...readiness, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: {
      ...readyAt,
      periodSeconds: 5,
      timeoutSeconds: 3,
      ...readiness,
      ...(successThreshold === undefined ? {} : { successThreshold }),
    },
    livenessProbe: {
      httpGet: { path: healthPath, port: "http" },
      periodSeconds: 20,
      timeoutSeconds: 5,
      ...liveness,
    },
  };
}
