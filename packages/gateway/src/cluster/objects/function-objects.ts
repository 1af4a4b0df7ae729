import type { FunctionDefinition } from "../../http/function-target.ts";
import { hasAutoscaler, readScaleLabels, type Scaling } from "../../http/scale-labels.ts";
import { functionLabel } from "../deployments.ts";
import { functionPod, port } from "./function-pod.ts";
import type { KubernetesObject } from "./kubernetes-object.ts";
import { ownerLabel } from "./owner.ts";

/** The parts of a function's objects that depend on the cluster. */
export interface FunctionObjectOptions {
  namespace: string;
  /** The container's image. */
  image: string;
  /** The value of the owner label; unset: no label. */
  owner?: string;
}

/** The objects of a function. */
export interface FunctionObjects {
  deployment: KubernetesObject;
  service: KubernetesObject;
  /** Unset when the labels select another type of scaling, or none. */
  autoscaler?: KubernetesObject;
  disruptionBudget: KubernetesObject;
}

/**
 * Creates the Kubernetes objects of a function, both for `npm run manifests` and for deployments by the gateway.
 * @throws NotDeployableError (400) that names the invalid label, annotation or constraint
 */
export function functionObjects(
  definition: FunctionDefinition,
  options: FunctionObjectOptions,
): FunctionObjects {
  const { name, labels, annotations } = definition;
  const scaling = readScaleLabels(labels);
  const podLabels = { app: name, [functionLabel]: name, ...labels };
  const metadata = {
    name,
    namespace: options.namespace,
    labels: { ...podLabels, ...(options.owner === undefined ? {} : { [ownerLabel]: options.owner }) },
  };
  const selector = { matchLabels: { app: name } };
  const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      revisionHistoryLimit: 1,
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector,
      template: {
        metadata: { labels: podLabels, annotations },
        spec: functionPod(definition, options.image),
      },
    },
  };
  // Kubernetes copies the Service's labels to its EndpointSlices, by which the gateway finds the pods.
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata,
    spec: { selector: selector.matchLabels, ports: [{ name: "http", port, targetPort: "http" }] },
  };
  // A node drain evicts one ready pod of a function at a time, and unready pods at once.
  const disruptionBudget = {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata,
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector },
  };
  return {
    deployment,
    service,
    ...(hasAutoscaler(scaling) ? { autoscaler: autoscaler(metadata, scaling) } : {}),
    disruptionBudget,
  };
}

/** A function runs JavaScript on one core. By default, the autoscaler adds a pod above half a core. */
function autoscaler(metadata: KubernetesObject["metadata"], { min, max, target }: Scaling) {
  const cpu = { type: "AverageValue", averageValue: `${target}m` };
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: metadata.name },
      minReplicas: Math.max(min, 1),
      maxReplicas: max,
      metrics: [{ type: "Resource", resource: { name: "cpu", target: cpu } }],
    },
  };
}
