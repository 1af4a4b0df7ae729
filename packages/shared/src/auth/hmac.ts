import { createHmac } from "node:crypto";
import { equalsAnyInConstantTime } from "./constant-time.ts";

/** The signature of a call, and the facts to verify it. */
export interface HmacCheck {
  body: Buffer;
  /** The accepted keys. */
  keys: readonly string[];
  /** The header: `sha256=` or `sha1=` and the digest in hexadecimal. */
  signature: string;
  /** Whether sha1 is accepted, which faas-cli sends up to 0.17.0. */
  allowSha1: boolean;
}

/** Whether a signature in the format of `faas-cli invoke --sign` matches the body under any of the keys. */
export function isSignedBy({ body, keys, signature, allowSha1 }: HmacCheck): boolean {
  const match = /^(sha256|sha1)=([0-9a-f]+)$/i.exec(signature.trim());
  if (match === null) return false;
  const algorithm = match[1]!.toLowerCase();
  if (algorithm === "sha1" && !allowSha1) return false;
  const digest = match[2]!.toLowerCase();
  return equalsAnyInConstantTime(
    digest,
    keys.map((key) => toDigest(algorithm, body, key)),
  );
}

/** The value of the signature header for a body: `sha256=` and the digest in hexadecimal. */
export function signBody(body: Buffer, key: string): string {
  return `sha256=${toDigest("sha256", body, key)}`;
}

function toDigest(algorithm: string, body: Buffer, key: string): string {
  return createHmac(algorithm, key).update(body).digest("hex");
}
