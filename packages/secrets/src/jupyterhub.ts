import { randomBytes } from "node:crypto";
import { randomPassword } from "./account.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/**
 * Creates the secrets of JupyterHub in the namespace `data-lab` (`kubernetes-data-lab/jupyterhub.yaml`). Secret
 * `jupyterhub-login` has the password of the user `lab`, which is also in `jupyterhub/password`. Secret `jupyterhub` has the
 * token between the hub and its proxy, and the key that signs cookies.
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

/** The format of both keys: 32 bytes in hexadecimal. */
const hexKey = () => randomBytes(32).toString("hex");
