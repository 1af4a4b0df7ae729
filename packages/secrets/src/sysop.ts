import { createHash, randomBytes } from "node:crypto";
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
      text: toYaml([secret("sysop-basic-auth", "ingress", { auth: `sysop:${saltedSha(password)}\n` })]),
    },
  ];
}

/** A line of nginx's password file: {SSHA} is RFC 2307's salted SHA-1. The password is random and long, so a fast hash does. */
function saltedSha(password: string): string {
  const salt = randomBytes(16);
  const digest = createHash("sha1").update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString("base64")}`;
}
