import { stringify } from "yaml";
import type { FunctionDefinition } from "../http/function-target.ts";
import { functionLabel } from "./deployments.ts";

const namespace = "data";
/** The watchdog's. */
const port = 8080;
/** Any but root will do; this one is what OpenFaaS takes with setNonRootUser. */
const user = 12_000;
const secretsFolder = "/var/openfaas/secrets";

/**
 * Functions as plain Kubernetes objects: for each a Deployment and a Service, as OpenFaaS makes them, a
 * HorizontalPodAutoscaler and a PodDisruptionBudget. Images have their bare names: deploy/components/images maps them.
 */
export function functionManifests(functions: readonly FunctionDefinition[]): string {
  const objects = functions.flatMap((definition) => [
    deployment(definition),
    service(definition),
    autoscaler(definition),
    disruptionBudget(definition),
  ]);
  const head = "# Rendered from stack.yml by `npm run manifests`; change stack.yml.\n";
  return (
    head +
    objects
      .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
      .join("")
  );
}

/** The name of an image without registry, prefix and tag. */
export function imageName(image: string): string {
  return image.replace(/^.*\//, "").replace(/:.*$/, "");
}

function metadata({ name, labels }: FunctionDefinition) {
  return { name, namespace, labels: { app: name, ...labels } };
}

function deployment(definition: FunctionDefinition) {
  const { name, labels, annotations } = definition;
  const podLabels = { app: name, [functionLabel]: name, ...labels };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels: podLabels },
    spec: {
      revisionHistoryLimit: 1,
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: podLabels, annotations }, spec: pod(definition) },
    },
  };
}

function pod(definition: FunctionDefinition) {
  const { name, image, environment, requests, limits, secrets } = definition;
  const secretsMount = { name: "secrets", mountPath: secretsFolder, readOnly: true };
  const secretsVolume = {
    name: "secrets",
    projected: { sources: secrets.map((secret) => ({ secret: { name: secret } })) },
  };
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // preStop, the calls in flight, and the watchdog's write_timeout
    terminationGracePeriodSeconds: 35,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name,
        image: imageName(image),
        env: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
        ports: [{ name: "http", containerPort: port }],
        startupProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 1, failureThreshold: 60 },
        readinessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 5, timeoutSeconds: 3 },
        livenessProbe: { httpGet: { path: "/_/health", port: "http" }, periodSeconds: 20, timeoutSeconds: 5 },
        // It serves on until every node has taken it out of the Service.
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        resources: { requests, limits },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...(secrets.length > 0 ? [secretsMount] : [])],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: {} }, ...(secrets.length > 0 ? [secretsVolume] : [])],
  };
}

function service(definition: FunctionDefinition) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(definition),
    spec: { selector: { app: definition.name }, ports: [{ name: "http", port, targetPort: "http" }] },
  };
}

/** A function runs JavaScript on one core: a pod that uses half of it gets help. */
function autoscaler(definition: FunctionDefinition) {
  const { name } = definition;
  const target = { type: "AverageValue", averageValue: "500m" };
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadata(definition),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [{ type: "Resource", resource: { name: "cpu", target } }],
    },
  };
}

/** A drain of a node evicts one pod of a function at a time. */
function disruptionBudget(definition: FunctionDefinition) {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadata(definition),
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: definition.name } } },
  };
}
