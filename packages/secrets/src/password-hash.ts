import { pbkdf2Sync, randomBytes } from "node:crypto";

const iterations = 10_000;
const bytes = 32;

/** Hashes a password for Elasticsearch's users file: PBKDF2 with HMAC-SHA-512. */
export function passwordHash(password: string): string {
  const salt = randomBytes(bytes);
  const key = pbkdf2Sync(password, salt, iterations, bytes, "sha512");
  return `{PBKDF2}${iterations}$${salt.toString("base64")}$${key.toString("base64")}`;
}
