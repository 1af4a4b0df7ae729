/** The path of the Leases of a namespace. */
export function leasesPath(namespace: string): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
}

/** Now, as times in a Lease are written: with six digits of a second, which Kubernetes insists on. */
export function microTime(): string {
  return new Date().toISOString().replace("Z", "000Z");
}
