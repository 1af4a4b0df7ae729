import { readFileSync } from "node:fs";

const ticksPerSecond = 100;

/** Returns the processor time of processes, in seconds. */
export function cpuSeconds(/** @type {number[]} */ pids) {
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, value) => sum + value, 0) / ticksPerSecond;
}
