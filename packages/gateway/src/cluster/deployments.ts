import { Agent } from "node:https";
import { hostOf, peerError } from "@platform/shared/clients/peer-error";
import { readServiceAccount } from "@platform/shared/kubernetes/service-account";
import axios from "axios";
import * as v from "valibot";
import type { DeployedFunction } from "./function-service.ts";
import { secretOfObject } from "./objects/secrets-volume.ts";

/** The label by which OpenFaaS, too, knows a function's Deployment; its value is the function's name. */
export const functionLabel = "faas_function";

/** Where the Kubernetes API is, and who asks it. */
export interface DeploymentsOptions {
  url: string;
  namespace: string;
  /** A folder with the files token and ca.crt, as Kubernetes mounts it. */
  account: string;
}

const texts = v.optional(v.record(v.string(), v.string()), {});
const container = v.object({
  securityContext: v.optional(v.object({ readOnlyRootFilesystem: v.optional(v.boolean()) }), {}),
  image: v.string(),
  env: v.optional(v.array(v.object({ name: v.string(), value: v.optional(v.string(), "") })), []),
  resources: v.optional(v.object({ requests: v.optional(texts), limits: v.optional(texts) }), {}),
});
const source = v.object({ secret: v.optional(v.object({ name: v.string() })) });
const volume = v.object({ projected: v.optional(v.object({ sources: v.array(source) })) });
const deployment = v.object({
  metadata: v.object({ labels: v.object({ [functionLabel]: v.string() }), creationTimestamp: v.string() }),
  spec: v.object({
    replicas: v.optional(v.number(), 1),
    template: v.object({
      metadata: v.object({ labels: texts, annotations: texts }),
      spec: v.object({
        containers: v.tupleWithRest([container], container),
        nodeSelector: texts,
        volumes: v.optional(v.array(volume), []),
      }),
    }),
  }),
  status: v.optional(v.object({ availableReplicas: v.optional(v.number(), 0) }), {}),
});
const list = v.object({ items: v.array(deployment) });

const timeout = 10_000;
const mostBytes = 64_000_000;

/**
 * The functions of a namespace, by the Deployments with the label `faas_function`.
 * @throws PlatformError when the API does not answer, or refuses.
 */
export async function functionsOfDeployments(options: DeploymentsOptions): Promise<DeployedFunction[]> {
  const { url, namespace, account } = options;
  const { token, ca } = await readServiceAccount(account);
  try {
    const { data } = await axios.get(`${url}/apis/apps/v1/namespaces/${namespace}/deployments`, {
      params: { labelSelector: functionLabel },
      headers: { authorization: `Bearer ${token}` },
      httpsAgent: new Agent({ ca }),
      signal: AbortSignal.timeout(timeout),
      maxContentLength: mostBytes,
      maxRedirects: 0,
      proxy: false,
    });
    return v.parse(list, data).items.map(deployedFunction);
  } catch (cause) {
    throw peerError({ setting: "KUBERNETES_URL", host: hostOf(url) }, cause);
  }
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
      image,
      environment: Object.fromEntries(env.map(({ name, value }) => [name, value])),
      labels: pod.labels,
      annotations: ownAnnotations(pod.annotations),
      secrets: volumes
        .flatMap(({ projected }) => projected?.sources ?? [])
        .flatMap(({ secret }) => (secret === undefined ? [] : secretOfObject(secret.name))),
      constraints: Object.entries(nodeSelector).map(([key, value]) => `${key}=${value}`),
      readOnlyRootFilesystem: securityContext.readOnlyRootFilesystem ?? false,
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
