import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { PYTHON } from "./python.ts";

/**
 * Returns the Python of an environment with the packages of a requirements file, installed by pip at the first call on a machine
 * (about a minute). Run modules with it (`python -m …`), because the environment's scripts do not work.
 * @throws Error with pip's error output.
 */
export async function pythonEnvironment(name: string, requirements: string): Promise<string> {
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = await cached(cacheFolder("python", `${name}-${key}`), async (draft) => {
    process.stderr.write(`Installing the Python packages of ${requirements}, once on this machine…\n`);
    await succeed(PYTHON, ["-m", "venv", draft]);
    const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
    await succeed(join(draft, "bin/python"), [...pip, "-r", requirements]);
  });
  return join(folder, "bin/python");
}
