import { join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { type CommandResult, run, succeed } from "../process/command.ts";
import { root } from "../repo.ts";

const version = "v0.0.22";

/**
 * Checks boards by the types of Grafana's Go SDK, whose version is in go.mod. Go builds the program once on a machine.
 * @returns the output, and code 0 if no board has a fault
 */
export async function checkBoards(files: readonly string[]): Promise<CommandResult> {
  const folder = await cached(cacheFolder("check-boards", version), async (draft) => {
    const source = join(root, "test", "support", "grafana");
    await succeed("go", ["build", "-o", join(draft, "check-boards"), "."], { cwd: source });
  });
  return run(join(folder, "check-boards"), files);
}
