import { waitFor } from "../wait-for.ts";
import { type KubernetesObject, kubectl } from "./kubernetes.ts";

/**
 * Returns the pods that controllers would create for these objects, one of each template of Deployments, StatefulSets, Jobs and CronJobs. They have the
 * default service account, because an API server refuses pods whose account does not exist.
 */
export function toPods(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const { template, volumeClaimTemplates = [] } = kind === "CronJob" ? spec.jobTemplate.spec : (spec ?? {});
    if (template === undefined) return [];
    const { serviceAccountName, ...pod } = template.spec;
    const claims = volumeClaimTemplates.map((claim: KubernetesObject) => ({
      name: claim.metadata.name,
      persistentVolumeClaim: { claimName: claim.metadata.name },
    }));
    return {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...template.metadata,
        name: `${kind.toLowerCase()}-${metadata.name}`,
        namespace: metadata.namespace!,
      },
      spec: { ...pod, volumes: [...(pod.volumes ?? []), ...claims] },
    };
  });
}

/** Waits for the default service account, which a controller creates after the namespace. */
export async function awaitDefaultAccount(namespace: string): Promise<void> {
  const find = () =>
    kubectl(["-n", namespace, "get", "serviceaccount", "default", "--ignore-not-found", "-o", "name"]);
  await waitFor(`the default service account of ${namespace}`, async () => (await find()) !== "");
}
