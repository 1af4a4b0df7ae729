import { copyFile, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { downloadedNode } from "../node-binary.ts";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";

/** The newest Lodestar that npm has completely. */
const version = "1.5.1";
const source = join(root, "test", "support", "ethereum", "lodestar");
const files = ["package.json", "package-lock.json", "with-resolvers.cjs"];

/** An installed Lodestar. */
export interface LodestarInstall {
  /** The folder with node_modules. */
  folder: string;
  /** The Node.js for which its native modules are built. */
  node: string;
  /** The module in the folder that Node.js must load first. */
  preload: string;
  /** The program of the command `lodestar` in the folder. */
  program: string;
}

/** Installs Lodestar once on a machine, which takes some minutes. */
export async function lodestarInstall(): Promise<LodestarInstall> {
  const node = downloadedNode(20);
  if (node === undefined) throw new Error("npm has no Node.js 20 for this platform");
  const folder = await cached(cacheFolder("lodestar", version), async (draft) => {
    for (const file of files) await copyFile(join(source, file), join(draft, file));
    const env = {
      PATH: [dirname(node), process.env.PATH].join(delimiter),
      npm_config_nodedir: dirname(dirname(node)),
    };
    await succeed("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: draft, env });
    await succeed("npm", ["rebuild", "snappy"], { cwd: draft, env });
    await addSlotImportTolerance(draft);
  });
  const program = join("node_modules", "@chainsafe", "lodestar", "lib", "index.js");
  return { folder, node, preload: "with-resolvers.cjs", program };
}

/** Adds the option `sync.slotImportTolerance` of later versions; in 1.5.1 its value is fixed. */
async function addSlotImportTolerance(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await replace(
    join(modules, "@lodestar/beacon-node/lib/sync/sync.js"),
    "this.slotImportTolerance = SLOTS_PER_EPOCH;",
    "this.slotImportTolerance = opts.slotImportTolerance ?? SLOTS_PER_EPOCH;",
  );
  const options = join(modules, "@chainsafe/lodestar/lib/options/beaconNodeOptions/sync.js");
  const argument = 'isSingleNode: args["sync.isSingleNode"],';
  await replace(options, argument, `${argument} slotImportTolerance: args["sync.slotImportTolerance"],`);
  const list = "export const options = {";
  await replace(options, list, `${list} "sync.slotImportTolerance": { type: "number", group: "sync" },`);
}

async function replace(file: string, text: string, replacement: string): Promise<void> {
  const before = await readFile(file, "utf8");
  if (!before.includes(text)) throw new Error(`${file} does not have: ${text}`);
  await writeFile(
    file,
    before.replace(text, () => replacement),
  );
}
