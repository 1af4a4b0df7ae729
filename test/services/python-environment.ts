import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { run } from "./command.ts";
import { PYTHON } from "./python.ts";

/**
 * The Python of an environment with the packages of a requirements file, made by pip at the first call on a machine.
 * Start modules with it (`python -m …`): the environment's own scripts are not usable.
 */
export async function pythonEnvironment(name: string, requirements: string): Promise<string> {
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = await cached(cacheFolder("python", `${name}-${key}`), async (draft) => {
    await succeed(PYTHON, ["-m", "venv", draft]);
    await succeed(join(draft, "bin/python"), ["-m", "pip", "install", "--quiet", "-r", requirements]);
  });
  return join(folder, "bin/python");
}

async function succeed(command: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim()}`);
}
