import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Sends SIGTERM to a process, and SIGKILL after the time limit in milliseconds. Resolves when the process has exited. */
export async function stopProcess(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await exited;
  clearTimeout(kill);
}
