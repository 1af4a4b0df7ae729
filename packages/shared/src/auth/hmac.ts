import { createHmac } from "node:crypto";
import { sameAsAny } from "./same-bytes.ts";

/** A call's signature and what it is checked against. */
export interface HmacCheck {
  body: Buffer;
  /** The accepted keys. */
  keys: readonly string[];
  /** The header: `sha256=` or `sha1=` and the digest in hexadecimal. */
  signature: string;
  /** sha1 is what faas-cli up to 0.17.0 sends. */
  allowSha1: boolean;
}

/** Whether the signature is the HMAC of `faas-cli invoke --sign` over the body, with one of the keys. */
export function isSignedBy({ body, keys, signature, allowSha1 }: HmacCheck): boolean {
  const match = /^(sha256|sha1)=([0-9a-f]+)$/i.exec(signature.trim());
  if (match === null) return false;
  const algorithm = match[1]!.toLowerCase();
  if (algorithm === "sha1" && !allowSha1) return false;
  const digest = match[2]!.toLowerCase();
  return sameAsAny(
    digest,
    keys.map((key) => digestOf(algorithm, body, key)),
  );
}

/** The header that signs a body: `sha256=` and the digest in hexadecimal. */
export function signatureOf(body: Buffer, key: string): string {
  return `sha256=${digestOf("sha256", body, key)}`;
}

function digestOf(algorithm: string, body: Buffer, key: string): string {
  return createHmac(algorithm, key).update(body).digest("hex");
}
