import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Asks a process to end, kills it when it has not after so many milliseconds, and resolves when it is gone. */
export async function stopProcess(child: ChildProcess, patience: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), patience);
  await gone;
  clearTimeout(late);
}
