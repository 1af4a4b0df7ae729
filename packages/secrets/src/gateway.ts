import { randomPassword } from "./account.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/**
 * The login `admin` of the gateway that runs without OpenFaaS: Secret `basic-auth` (`kubernetes-gateway/basic-auth.yaml`,
 * a folder of its own because OpenFaaS's chart makes one itself), and in clear in `gateway/password`.
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
 * What calls of functions prove themselves with where stack.auth.yml deploys them: the key of their signature, `hmac-key`,
 * or the bearer token, `function-token`. Each in clear, for the local gateway and `faas-cli secret create`, and as the
 * Secret `function-NAME` (`kubernetes/NAME.yaml`) that the functions' manifests mount, and that the gateway may change.
 */
export function functionSecrets(name: "hmac-key" | "function-token"): NewFile[] {
  const value = randomPassword();
  return [
    { path: name, text: `${value}\n` },
    {
      path: `kubernetes/${name}.yaml`,
      text: toYaml([ofGateway(secret(`function-${name}`, "functions", { [name]: value }))]),
    },
  ];
}

/** With the label of objects that the cluster's gateway may change: `faas-cli secret create` takes it over. */
function ofGateway(manifest: ReturnType<typeof secret>) {
  const { metadata } = manifest;
  const labels = { ...metadata.labels, "app.kubernetes.io/managed-by": "gateway" };
  return { ...manifest, metadata: { ...metadata, labels } };
}
