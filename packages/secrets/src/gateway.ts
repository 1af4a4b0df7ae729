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
 * The key that calls of functions are signed with where stack.auth.yml deploys them: `hmac-key`, for the local gateway and
 * `faas-cli secret create`, and Secret `hmac-key` (`kubernetes/hmac-key.yaml`).
 */
export function hmacSecrets(): NewFile[] {
  const key = randomPassword();
  return [
    { path: "hmac-key", text: `${key}\n` },
    {
      path: "kubernetes/hmac-key.yaml",
      text: toYaml([secret("hmac-key", "functions", { "hmac-key": key })]),
    },
  ];
}
