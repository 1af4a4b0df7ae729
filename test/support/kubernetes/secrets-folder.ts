import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of secrets like a mounted Secret, with a file for each. */
export interface SecretsFolder extends Disposable {
  path: string;
  /** Writes or replaces a secret. */
  write(name: string, value: string): void;
}

export function makeSecretsFolder(secrets: Readonly<Record<string, string>> = {}): SecretsFolder {
  const path = mkdtempSync(join(tmpdir(), "secrets-"));
  const write = (name: string, value: string) => writeFileSync(join(path, name), `${value}\n`);
  for (const [name, value] of Object.entries(secrets)) write(name, value);
  return { path, write, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
