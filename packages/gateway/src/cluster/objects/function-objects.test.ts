import { NotDeployableError } from "../../http/errors.ts";
import type { FunctionDefinition } from "../../http/function-target.ts";
import { parseDeployment } from "../deployments.ts";
import { functionObjects } from "./function-objects.ts";

const bare: FunctionDefinition = {
  name: "greet",
  image: "me/greet:1",
  environment: {},
  labels: {},
  annotations: {},
  secrets: [],
};
// biome-ignore lint/suspicious/noExplicitAny: each kind has its own shape
type Spec = any;

const createObjects = (change: Partial<FunctionDefinition>) => {
  const { deployment, ...rest } = functionObjects({ ...bare, ...change }, { namespace: "n", image: "i" });
  const { template }: Spec = deployment.spec;
  return { ...rest, deployment, pod: template.spec, container: template.spec.containers[0] };
};
const scale = (label: string) => `com.openfaas.scale.${label}`;

it("puts the function's labels on all objects, but the owner label on no pod", () => {
  const options = { namespace: "n", image: "i", owner: "gateway" };
  const { deployment, ...rest } = functionObjects({ ...bare, labels: { team: "a" } }, options);
  const labels = { app: "greet", faas_function: "greet", team: "a" };
  for (const { metadata } of [deployment, ...Object.values(rest)]) {
    expect(metadata.labels).toEqual({ ...labels, "app.kubernetes.io/managed-by": "gateway" });
  }
  const { template }: Spec = deployment.spec;
  expect(template.metadata.labels).toEqual(labels);
});

it("sets OPENFAAS_NAME like OpenFaaS, and omits it when it reads the environment back", () => {
  const { container, deployment } = createObjects({ environment: { LEVEL: "info" } });
  expect(container.env).toEqual([
    { name: "OPENFAAS_NAME", value: "greet" },
    { name: "LEVEL", value: "info" },
  ]);
  const stored = {
    ...deployment,
    metadata: { ...deployment.metadata, creationTimestamp: "2026-11-28T00:00:00Z", resourceVersion: "1" },
  };
  expect(parseDeployment(stored).definition.environment).toEqual({ LEVEL: "info" });
});

it("probes with the paths and times of the annotations, by default those of the watchdog", () => {
  const { container: plain } = createObjects({});
  expect(plain.readinessProbe).toEqual({
    httpGet: { path: "/_/ready", port: "http" },
    periodSeconds: 5,
    timeoutSeconds: 3,
  });
  const { container } = createObjects({
    annotations: {
      "com.openfaas.ready.http.path": "/healthz",
      "com.openfaas.ready.http.initialDelay": "1m30s",
      "com.openfaas.health.http.path": "/alive",
      "com.openfaas.health.http.periodSeconds": "7",
    },
  });
  expect(container.startupProbe).toMatchObject({
    httpGet: { path: "/healthz" },
    initialDelaySeconds: 90,
    periodSeconds: 1,
  });
  expect(container.readinessProbe).toMatchObject({ initialDelaySeconds: 90, periodSeconds: 5 });
  expect(container.livenessProbe).toMatchObject({ httpGet: { path: "/alive" }, periodSeconds: 7 });
});

it("selects nodes by constraints, and pulls images with the Secrets of an annotation", () => {
  const { pod } = createObjects({
    constraints: ["kubernetes.io/arch=arm64", "disk == ssd"],
    annotations: { "image-pull-secrets": "registry, other" },
  });
  expect(pod.nodeSelector).toEqual({ "kubernetes.io/arch": "arm64", disk: "ssd" });
  expect(pod.imagePullSecrets).toEqual([{ name: "registry" }, { name: "other" }]);
});

it("converts the numbers of OpenFaaS's probe annotations to values that Kubernetes accepts", () => {
  const { container } = createObjects({
    annotations: {
      "com.openfaas.health.http.path": "/healthz",
      "com.openfaas.ready.http.initialDelaySeconds": "30",
      "com.openfaas.ready.http.timeoutSeconds": "2s",
      "com.openfaas.ready.http.successThreshold": "2",
      "com.openfaas.ready.http.failureThreshold": "4",
      "com.openfaas.health.http.failureThreshold": "9",
    },
  });
  const httpGet = { path: "/healthz", port: "http" };
  const ready = { httpGet, initialDelaySeconds: 30, timeoutSeconds: 2 };
  expect(container.readinessProbe).toEqual({
    ...ready,
    periodSeconds: 5,
    successThreshold: 2,
    failureThreshold: 4,
  });
  expect(container.startupProbe).toEqual({ ...ready, periodSeconds: 1, failureThreshold: 60 });
  expect(container.livenessProbe).toEqual({
    httpGet,
    periodSeconds: 20,
    timeoutSeconds: 5,
    failureThreshold: 9,
  });
});

it.each([true, false])("sets readOnlyRootFilesystem to %p, and mounts a writable /tmp", (isReadOnly) => {
  const { container, pod } = createObjects({ readOnlyRootFilesystem: isReadOnly });
  expect(container.securityContext.readOnlyRootFilesystem).toBe(isReadOnly);
  expect(pod.volumes).toContainEqual({ name: "tmp", emptyDir: {} });
});

it("scales by processor time according to the labels", () => {
  const { autoscaler } = createObjects({
    labels: { [scale("min")]: "2", [scale("max")]: "9", [scale("target")]: "700" },
  });
  expect(autoscaler!.spec).toMatchObject({
    minReplicas: 2,
    maxReplicas: 9,
    metrics: [{ resource: { name: "cpu", target: { type: "AverageValue", averageValue: "700m" } } }],
  });
});

it.each([{ max: "1" }, { type: "rps" }, { type: "capacity" }, { factor: "0" }])(
  "creates no autoscaler with %p",
  (labels) => {
    const named = Object.fromEntries(Object.entries(labels).map(([key, value]) => [scale(key), value]));
    expect(createObjects({ labels: named }).autoscaler).toBeUndefined();
  },
);

it.each<[string, Partial<FunctionDefinition>]>([
  ['The constraint "arch != arm64" is invalid', { constraints: ["arch != arm64"] }],
  [
    'The annotation com.openfaas.ready.http.path is "healthz"',
    { annotations: { "com.openfaas.ready.http.path": "healthz" } },
  ],
  [
    'The annotation com.openfaas.health.http.periodSeconds is "0"',
    { annotations: { "com.openfaas.health.http.periodSeconds": "0" } },
  ],
  ['The label com.openfaas.scale.max is "many"', { labels: { [scale("max")]: "many" } }],
])("refuses: %s", (message, change) => {
  expect(() => createObjects(change)).toThrow(NotDeployableError);
  expect(() => createObjects(change)).toThrow(message);
});
