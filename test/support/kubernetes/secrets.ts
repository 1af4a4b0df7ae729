import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";

/** The secrets of `npm run secrets`. */
export interface Secrets {
  /** The folder with account1.json, pass1.txt and the second account. */
  accounts: string;
  /** Returns a key of a ConfigMap or Secret. */
  value(kind: "ConfigMap" | "Secret", name: string, key: string): string;
  /** Writes a signer's account in the layout of its pod's mount. Resolves with the folder. */
  mountSigner(index: number, folder: string): Promise<string>;
}

/** Creates the secrets of a new network with the program behind `npm run secrets`. */
export async function makeSecrets(folder: string, signers = 3): Promise<Secrets> {
  const program = join(root, "packages", "secrets", "dist", "main.cjs");
  await succeed(process.execPath, [program, "--out", folder, "--signers", String(signers)]);
  const yaml = await readFile(join(folder, "kubernetes", "ethereum.yaml"), "utf8");
  const objects = parseAllDocuments(yaml).map((document) => document.toJS());
  const value: Secrets["value"] = (kind, name, key) => {
    const source = objects.find((object) => object.kind === kind && object.metadata.name === name);
    const text = (source?.data ?? source?.stringData)?.[key];
    if (typeof text !== "string") throw new Error(`there is no ${kind} ${name} with the key ${key}`);
    return text;
  };
  return {
    accounts: join(folder, "ethereum"),
    value,
    async mountSigner(index, account) {
      await mkdir(join(account, "keystore"), { recursive: true });
      const writeKey = (path: string, key: string) =>
        writeFile(join(account, path), value("Secret", "eth-geth-miner", key));
      await writeKey("keystore/account.json", `eth-geth-miner-${index}.json`);
      await writeKey("accountsecret", "accountsecret");
      return account;
    },
  };
}
