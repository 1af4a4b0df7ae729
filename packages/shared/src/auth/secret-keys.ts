import { ConfigError } from "../errors/server-errors.ts";
import { readSecret, type SecretReference } from "./secret-file.ts";

/** The keys of a secret. Several keys allow a rotation without refused calls. */
export interface SecretKeys {
  /** The first key, which signers use. */
  current: string;
  /** All keys, which functions accept. */
  accepted: readonly string[];
}

/** Each key costs an HMAC over the body of each call. */
const maxKeys = 8;

const pem = /^-----BEGIN [A-Z0-9 ]+-----\s*$/m;

/**
 * Reads a secret with one key on each line: the first is current, the others are accepted too. Blank lines are ignored; other
 * white space is part of a key. The file is read at each call, because a secret may change.
 *
 * The text of several lines is accepted as one key too, as in version 0.1.0. A text in PEM is only one key, because its first
 * line is public.
 * @throws SecretMissingError (500) when the file cannot be read or has no key, ConfigError (500) when it has more than eight.
 */
export async function readSecretKeys(reference: SecretReference): Promise<SecretKeys> {
  const text = await readSecret(reference);
  if (pem.test(text)) return { current: text, accepted: [text] };
  const [current = text, ...others] = text.split(/\r\n|[\r\n]/).filter((line) => line.trim() !== "");
  const count = 1 + others.length;
  if (count > maxKeys) {
    const { secret, setting } = reference;
    throw new ConfigError([`${setting} names the secret "${secret}" with ${count} keys; at most ${maxKeys}`]);
  }
  return { current, accepted: others.length === 0 ? [current] : [current, ...others, text] };
}
