import { join } from "node:path";
import { root } from "../repo.ts";
import { type StartedProgram, waitForProgram } from "./program.ts";

/** A process's memory after a garbage collection, in bytes. */
export interface Memory {
  heapUsed: number;
  rss: number;
}

/** The environment of a Node.js process that can be asked for its memory. */
export const probedMemory = {
  NODE_OPTIONS: `--require=${join(root, "test", "support", "process", "memory-probe.cjs")}`,
};

/** What memory a process has that was started with the environment `probedMemory`. */
export async function memoryOf(program: StartedProgram): Promise<Memory> {
  const last = () =>
    program
      .output()
      .match(/memory \{.*?\}/g)
      ?.at(-1);
  const before = last();
  program.signal("SIGUSR2");
  // No two are alike: each has its time.
  const said = await waitForProgram("the memory", program, () => {
    const line = last();
    return line !== before && line;
  });
  return JSON.parse(said.slice("memory ".length));
}
