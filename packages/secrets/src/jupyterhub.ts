import { randomBytes } from "node:crypto";
import { randomPassword } from "./account.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/**
 * The secrets of JupyterHub in the namespace `data-lab` (`kubernetes-data-lab/jupyterhub.yaml`): Secret `jupyterhub-login` with the
 * password of its user `lab`, in clear in `jupyterhub/password`; Secret `jupyterhub` with the token between the hub and its proxy, and the key that signs cookies.
 */
export function jupyterhubSecrets(): NewFile[] {
  const password = randomPassword();
  const keys = { "proxy-token": hexKey(), "cookie-secret": hexKey() };
  return [
    { path: "jupyterhub/password", text: `${password}\n` },
    {
      path: "kubernetes-data-lab/jupyterhub.yaml",
      text: toYaml([
        secret("jupyterhub-login", "jupyterhub", { password }, "data-lab"),
        secret("jupyterhub", "jupyterhub", keys, "data-lab"),
      ]),
    },
  ];
}

/** JupyterHub's form of both: 32 bytes in hexadecimal. */
const hexKey = () => randomBytes(32).toString("hex");
