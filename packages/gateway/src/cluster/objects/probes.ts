import { readProbeAnnotations } from "../../http/probe-annotations.ts";

/**
 * Creates the probes of a function's container from its annotations `com.openfaas.ready.http.*` and `com.openfaas.health.http.*`.
 * The defaults are the watchdog's paths. As in OpenFaaS, a health path without a ready path serves both probes.
 * @throws NotDeployableError (400) that names all invalid annotations
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
