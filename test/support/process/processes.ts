import { execFileSync } from "node:child_process";

/** A descendant process. */
export interface Descendant {
  pid: number;
  command: string;
}

/** Returns the descendants of a process. */
export function readDescendants(ancestorPid: number): Descendant[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="]).toString().split("\n");
  const all = lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    return match === null ? [] : [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3]! }];
  });
  const below = (parent: number): Descendant[] =>
    all
      .filter((candidate) => candidate.parent === parent)
      .flatMap(({ pid, command }) => [{ pid, command }, ...below(pid)]);
  return below(ancestorPid).filter(({ command }) => !command.startsWith("ps "));
}

/** Whether a process runs and is not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)])
      .toString()
      .startsWith("Z");
  } catch {
    return false;
  }
}
