import { createHash } from "node:crypto";
import { randomPassword } from "./account.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/**
 * Creates the password of the ingress user `sysop`: Secret `sysop-basic-auth` (`kubernetes/sysop-basic-auth.yaml`) and, in
 * plain text, `sysop/password`.
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

/** A hash that ingress-nginx and Traefik both read. A fast, unsalted hash suffices, because the password is long and random. */
function sha(password: string): string {
  return `{SHA}${createHash("sha1").update(password).digest("base64")}`;
}
