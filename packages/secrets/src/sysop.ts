import { createHash } from "node:crypto";
import { randomPassword } from "./account.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/**
 * The password of the ingress's user `sysop`: Secret `sysop-basic-auth` (`kubernetes/sysop-basic-auth.yaml`), and in
 * clear in `sysop/password`.
 */
export function sysopSecrets(): NewFile[] {
  const password = randomPassword();
  return [
    { path: "sysop/password", text: `${password}\n` },
    {
      path: "kubernetes/sysop-basic-auth.yaml",
      text: toYaml([secret("sysop-basic-auth", "ingress", { auth: `sysop:${sha(password)}\n` })]),
    },
  ];
}

/** A hash that ingress-nginx and Traefik both read. The password is random and long, so a fast one without salt does. */
function sha(password: string): string {
  return `{SHA}${createHash("sha1").update(password).digest("base64")}`;
}
