import { join } from "node:path";
import { root } from "../repo.ts";
import { type StartedProgram, waitForProgram } from "./program.ts";

/** A process's memory after a garbage collection, in bytes. */
export interface Memory {
  heapUsed: number;
  rss: number;
}

/** The environment of a Node.js process whose memory can be read. */
export const probedMemory = {
  NODE_OPTIONS: `--require=${join(root, "test", "support", "process", "memory-probe.cjs")}`,
};

/** Reads the memory of a process that was started with the environment `probedMemory`. */
export async function readMemory(program: StartedProgram): Promise<Memory> {
  const last = () =>
    program
      .output()
      .match(/memory \{.*?\}/g)
      ?.at(-1);
  const before = last();
  program.signal("SIGUSR2");
  // Each line is unique, because it contains its time.
  const line = await waitForProgram("the memory", program, () => {
    const latest = last();
    return latest !== before && latest;
  });
  return JSON.parse(line.slice("memory ".length));
}
