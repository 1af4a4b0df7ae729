import type { ContainerStatus, Pod, Workload } from "../kubernetes-objects.ts";

/** A Deployment with one container, which is named after its app. */
export function deployment(name: string, more: Partial<Workload> = {}): Workload {
  return {
    kind: "Deployment",
    apiVersion: "apps/v1",
    metadata: {
      name,
      namespace: "data",
      generation: 1,
      labels: { app: name, "app.kubernetes.io/part-of": "serverless-data-platform" },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { spec: { containers: [{ name, image: `example/${name}:1` }] } },
    },
    status: {
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
      readyReplicas: 1,
    },
    ...more,
  };
}

/** A pod of such a Deployment, with a container status. */
export function pod(app: string, state: Partial<ContainerStatus>, status: Pod["status"] = {}): Pod {
  return {
    kind: "Pod",
    metadata: { name: `${app}-1`, namespace: "data", labels: { app } },
    spec: { containers: [{ name: app, image: `example/${app}:1` }] },
    status: {
      phase: "Running",
      containerStatuses: [{ name: app, image: `example/${app}:1`, ready: false, restartCount: 0, ...state }],
      ...status,
    },
  };
}
