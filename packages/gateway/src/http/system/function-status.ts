import type { FunctionTarget } from "../function-target.ts";

/** Formats a function for OpenFaaS's API, without its environment, which may contain passwords. */
export function functionStatus(target: FunctionTarget, namespace: string) {
  const { definition, replicas, invocations, createdAt } = target;
  const { name, image, labels, annotations, secrets, requests, limits } = definition;
  const { constraints, readOnlyRootFilesystem } = definition;
  return {
    name,
    namespace,
    image,
    labels,
    annotations,
    secrets,
    constraints,
    requests,
    limits,
    readOnlyRootFilesystem,
    replicas: replicas.wanted,
    availableReplicas: replicas.available,
    invocationCount: invocations,
    createdAt: createdAt.toISOString(),
  };
}
