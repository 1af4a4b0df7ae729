import type { Certificates } from "../http/certificates.ts";
import type { KubernetesObject } from "./kubernetes.ts";

/** A Secret with a host's certificate, as cert-manager creates it. */
export function tlsSecret(
  namespace: string,
  name: string,
  { certificate, key }: Certificates,
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace },
    type: "kubernetes.io/tls",
    stringData: { "tls.crt": certificate, "tls.key": key },
  };
}
