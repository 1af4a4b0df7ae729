import * as v from "valibot";
import type { DeployedFunction } from "./function-service.ts";

/** The label by which OpenFaaS, too, knows a function's Deployment; its value is the function's name. */
export const functionLabel = "faas_function";

const texts = v.optional(v.record(v.string(), v.string()), {});
const container = v.object({
  image: v.string(),
  env: v.optional(v.array(v.object({ name: v.string(), value: v.optional(v.string(), "") })), []),
  resources: v.optional(v.object({ requests: v.optional(texts), limits: v.optional(texts) }), {}),
});
const volume = v.object({ secret: v.optional(v.object({ secretName: v.string() })) });
const deployment = v.object({
  metadata: v.object({
    namespace: v.string(),
    labels: v.object({ [functionLabel]: v.string() }),
    creationTimestamp: v.string(),
  }),
  spec: v.object({
    replicas: v.optional(v.number(), 1),
    template: v.object({
      metadata: v.object({ labels: texts, annotations: texts }),
      spec: v.object({
        containers: v.tupleWithRest([container], container),
        volumes: v.optional(v.array(volume), []),
      }),
    }),
  }),
  status: v.optional(v.object({ availableReplicas: v.optional(v.number(), 0) }), {}),
});

/** The path of a namespace's Deployments. */
export function deploymentsPath(namespace: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments`;
}

/** Reads the Deployment of a function. */
export function parseDeployment(object: unknown): DeployedFunction {
  return deployedFunction(v.parse(deployment, object));
}

function deployedFunction({ metadata, spec, status }: v.InferOutput<typeof deployment>): DeployedFunction {
  const {
    metadata: pod,
    spec: {
      containers: [{ image, env, resources }],
      volumes,
    },
  } = spec.template;
  return {
    definition: {
      name: metadata.labels[functionLabel],
      namespace: metadata.namespace,
      image,
      environment: Object.fromEntries(env.map(({ name, value }) => [name, value])),
      labels: pod.labels,
      annotations: ownAnnotations(pod.annotations),
      secrets: volumes.flatMap(({ secret }) => secret?.secretName ?? []),
      ...resources,
    },
    createdAt: new Date(metadata.creationTimestamp),
    replicas: { wanted: spec.replicas, available: status.availableReplicas ?? 0 },
  };
}

/** Without Kubernetes' own, such as that of `kubectl rollout restart`. */
function ownAnnotations(annotations: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !/kubernetes\.io\//.test(name)));
}
