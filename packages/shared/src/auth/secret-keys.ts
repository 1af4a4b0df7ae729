import { ConfigError } from "../errors/server-errors.ts";
import { readSecret, type SecretReference } from "./secret-file.ts";

/** The keys of a secret that is changed without a moment in which signers and functions disagree. */
export interface SecretKeys {
  /** The key of the first line: signers use it. */
  current: string;
  /** All keys, each of which is accepted. */
  accepted: readonly string[];
}

/** Every key costs an HMAC over the body of each call. */
const maxKeys = 8;

const pem = /^-----BEGIN [A-Z0-9 ]+-----\s*$/m;

/**
 * Reads a secret with one key a line: the first is the current one, the others are accepted as well. Blank lines do not
 * count, other white space does. The file is read at each call, because a secret may change.
 *
 * The text of several lines is accepted too, because it was one key before secrets had several. A text in PEM is one key
 * alone: everybody knows its first line.
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
