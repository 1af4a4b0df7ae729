import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of secrets like a mounted Secret, with a file for each. */
export interface SecretsFolder extends Disposable {
  path: string;
  /** Writes or replaces a secret. */
  put(name: string, value: string): void;
}

export function makeSecretsFolder(secrets: Readonly<Record<string, string>> = {}): SecretsFolder {
  const path = mkdtempSync(join(tmpdir(), "secrets-"));
  const put = (name: string, value: string) => writeFileSync(join(path, name), `${value}\n`);
  for (const [name, value] of Object.entries(secrets)) put(name, value);
  return { path, put, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
