import * as v from "valibot";
import { stringRecord } from "../http/string-record.ts";
import type { DeployedFunction } from "./function-service.ts";
import { nameVariable } from "./objects/function-pod.ts";
import { toSecretName } from "./objects/secrets-volume.ts";

/** The label of a function's Deployment, as in OpenFaaS; its value is the function's name. */
export const functionLabel = "faas_function";

const container = v.object({
  securityContext: v.optional(v.object({ readOnlyRootFilesystem: v.optional(v.boolean()) }), {}),
  image: v.string(),
  env: v.optional(v.array(v.object({ name: v.string(), value: v.optional(v.string(), "") })), []),
  resources: v.optional(
    v.object({ requests: v.optional(stringRecord()), limits: v.optional(stringRecord()) }),
    {},
  ),
});
const source = v.object({ secret: v.optional(v.object({ name: v.string() })) });
const volume = v.object({ projected: v.optional(v.object({ sources: v.array(source) })) });
const deployment = v.object({
  metadata: v.object({
    namespace: v.string(),
    labels: v.object({ [functionLabel]: v.string() }),
    creationTimestamp: v.string(),
    resourceVersion: v.string(),
  }),
  spec: v.object({
    replicas: v.optional(v.number(), 1),
    template: v.object({
      metadata: v.object({ labels: stringRecord(), annotations: stringRecord() }),
      spec: v.object({
        containers: v.tupleWithRest([container], container),
        nodeSelector: stringRecord(),
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
      containers: [{ image, env, resources, securityContext }],
      nodeSelector,
      volumes,
    },
  } = spec.template;
  return {
    definition: {
      name: metadata.labels[functionLabel],
      namespace: metadata.namespace,
      image,
      environment: Object.fromEntries(
        env
          .filter(({ name, value }) => !(name === nameVariable && value === metadata.labels[functionLabel]))
          .map(({ name, value }) => [name, value]),
      ),
      labels: pod.labels,
      annotations: ownAnnotations(pod.annotations),
      secrets: volumes
        .flatMap(({ projected }) => projected?.sources ?? [])
        .flatMap(({ secret }) => (secret === undefined ? [] : toSecretName(secret.name))),
      constraints: Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`),
      readOnlyRootFilesystem: securityContext.readOnlyRootFilesystem ?? false,
      ...resources,
    },
    version: metadata.resourceVersion,
    createdAt: new Date(metadata.creationTimestamp),
    replicas: { wanted: spec.replicas, available: status.availableReplicas ?? 0 },
  };
}

/** Leaves out Kubernetes' own annotations, such as that of `kubectl rollout restart`. */
function ownAnnotations(annotations: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !/kubernetes\.io\//.test(name)));
}
