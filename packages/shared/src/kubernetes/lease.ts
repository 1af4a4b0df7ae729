/** The path of the Leases of a namespace. */
export function leasesPath(namespace: string): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
}

/** The current time in the format of a Lease, with microseconds, which Kubernetes requires. */
export function microTime(): string {
  return new Date().toISOString().replace("Z", "000Z");
}
