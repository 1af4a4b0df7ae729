import { type StoreClients, storeSecrets } from "@platform/secrets/stores";
import { parse } from "yaml";
import { makeSecretsFolder } from "../kubernetes/secrets-folder.ts";

/** The part of Secret `notebooks-stores` that notebooks use. */
export interface NotebooksStores extends Disposable {
  /** Its environment variables, with the folder of the certificates instead of the mount. */
  env: Readonly<Record<string, string>>;
}

/** Writes the certificates of Secret `notebooks-stores` to a folder instead of /srv/stores. */
export function mountNotebooksStores(clients: StoreClients): NotebooksStores {
  const manifest = storeSecrets(clients).find(
    ({ path }) => path === "kubernetes-data-lab-stores/notebooks.yaml",
  )!;
  const entries = Object.entries<string>(parse(manifest.text).stringData);
  const isVariable = ([name]: readonly [string, string]) => /^[A-Z_]+$/.test(name);
  const folder = makeSecretsFolder(Object.fromEntries(entries.filter((entry) => !isVariable(entry))));
  const env = Object.fromEntries(
    entries
      .filter(isVariable)
      .map(([name, value]) => [name, value.replace(/^\/srv\/stores(?=\/)/, folder.path)]),
  );
  return { env, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
