import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Returns the processor time that a process has used so far, in seconds. Linux only. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the program, in parentheses, may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [fields[11], fields[12]];
  return (Number(user) + Number(system)) / ticksPerSecond();
}

function ticksPerSecond(): number {
  return Number(execFileSync("getconf", ["CLK_TCK"]).toString());
}
