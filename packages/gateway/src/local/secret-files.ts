import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError, SecretExistsError, SecretNotFoundError } from "../http/errors.ts";
import type { FunctionKey, NamespaceStore, Secret, SecretStore } from "../http/function-provider.ts";
import { loginSecrets } from "./login-files.ts";

/** Stores secrets as files in a folder that all namespaces share. Hidden files and those of the gateway's login are ignored. */
export class SecretFiles implements SecretStore {
  readonly #folder: string;
  readonly #namespaces: NamespaceStore;

  constructor(folder: string, namespaces: NamespaceStore) {
    this.#folder = folder;
    this.#namespaces = namespaces;
  }

  async list(namespace: string): Promise<string[]> {
    await this.#namespaces.get(namespace);
    const names = await readdir(this.#folder).catch(emptyWhenMissing);
    const isSecret = await Promise.all(names.map((name) => this.#exists(name)));
    return names.filter((_, index) => isSecret[index]).sort();
  }

  async create({ name, namespace, value }: Secret): Promise<void> {
    await this.#namespaces.get(namespace);
    if (!isFileName(name)) throw wrongName(name);
    if (loginSecrets.includes(name)) throw reservedName(name);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // A hard link fails when the file exists already.
    await this.#write(value, async (file) => {
      await link(file, join(this.#folder, name));
      await rm(file);
    }).catch((error: { code?: string }) => {
      throw error.code === "EEXIST" ? new SecretExistsError({ name }) : error;
    });
  }

  async update({ name, namespace, value }: Secret): Promise<void> {
    await this.#require({ name, namespace });
    await this.#write(value, (file) => rename(file, join(this.#folder, name)));
  }

  async remove({ name, namespace }: FunctionKey): Promise<void> {
    await this.#require({ name, namespace });
    await rm(join(this.#folder, name), { force: true });
  }

  async #require({ name, namespace }: FunctionKey): Promise<void> {
    await this.#namespaces.get(namespace);
    if (!(await this.#exists(name))) throw new SecretNotFoundError({ name });
  }

  async #exists(name: string): Promise<boolean> {
    if (!isFileName(name) || loginSecrets.includes(name)) return false;
    return stat(join(this.#folder, name)).then(
      (stats) => stats.isFile(),
      () => false,
    );
  }

  /** Writes a hidden file, and passes it to `publish`, so that readers never see a partial value. */
  async #write(value: Buffer, publish: (file: string) => Promise<void>): Promise<void> {
    const file = join(this.#folder, `.${randomUUID()}`);
    try {
      await using handle = await open(file, "wx", 0o600);
      await handle.writeFile(value);
      await handle.sync();
      await publish(file);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }
}

function isFileName(name: string): boolean {
  return /^[A-Za-z0-9_][\w.-]{0,252}$/.test(name);
}

function wrongName(name: string): NotDeployableError {
  return new NotDeployableError({
    reason: `The secret name "${printable(name)}" is invalid; it must consist of letters, digits, "-", "_" and ".", and start with neither "-" nor ".".`,
  });
}

function reservedName(name: string): NotDeployableError {
  return new NotDeployableError({
    reason: `The secret ${name} belongs to the gateway's login; change its file.`,
  });
}

function emptyWhenMissing(error: { code?: string }): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
