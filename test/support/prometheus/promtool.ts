import { spawnSync } from "node:child_process";
import { run } from "../process/command.ts";

/** Whether promtool is installed. */
export const hasPromtool = (): boolean => spawnSync("promtool", ["--version"]).status === 0;

/** Runs promtool. Resolves with its exit code and its output. */
export async function promtool(
  args: readonly string[],
  input?: string,
): Promise<{ code: number | null; output: string }> {
  const { code, stdout, stderr } = await run("promtool", args, input === undefined ? {} : { input });
  return { code, output: `${stdout}${stderr}` };
}
