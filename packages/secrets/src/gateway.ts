import { randomPassword } from "./account.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/**
 * Creates the login `admin` of the gateway that runs without OpenFaaS: Secret `basic-auth` and, in plain text,
 * `gateway/password`. The Secret has a separate folder (`kubernetes-gateway`), because OpenFaaS's chart creates its own.
 */
export function gatewaySecrets(): NewFile[] {
  const password = randomPassword();
  const login = { "basic-auth-user": "admin", "basic-auth-password": password };
  return [
    { path: "gateway/password", text: `${password}\n` },
    {
      path: "kubernetes-gateway/basic-auth.yaml",
      text: toYaml([secret("basic-auth", "gateway", login)]),
    },
  ];
}

/**
 * Creates credentials for calls of functions that stack.auth.yml deploys: the signature key `hmac-key`, or the bearer token
 * `function-token`. Each is a plain file, for the local gateway and `faas-cli secret create`, and a Secret `function-NAME`
 * (`kubernetes/NAME.yaml`). The manifests of the functions mount the Secret, and the gateway may change it.
 */
export function functionSecrets(name: "hmac-key" | "function-token"): NewFile[] {
  const value = randomPassword();
  return [
    { path: name, text: `${value}\n` },
    {
      path: `kubernetes/${name}.yaml`,
      text: toYaml([labelForGateway(secret(`function-${name}`, "functions", { [name]: value }))]),
    },
  ];
}

/** Adds the label of objects that the cluster's gateway may change, so that `faas-cli secret create` can replace the Secret. */
function labelForGateway(manifest: ReturnType<typeof secret>) {
  const { metadata } = manifest;
  const labels = { ...metadata.labels, "app.kubernetes.io/managed-by": "gateway" };
  return { ...manifest, metadata: { ...metadata, labels } };
}
