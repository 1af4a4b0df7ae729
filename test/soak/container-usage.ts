import { inData } from "../support/kubernetes/data-namespace.ts";

/** Memory and processor time of the containers of the namespace, by `kubectl top`. */
export interface ContainerUsage {
  /** A line for each kind of container. */
  lines: string[];
  cores: number;
  mebibytes: number;
}

/** Takes one reading; the values are those of the last metrics interval. */
export async function containerUsage(): Promise<ContainerUsage> {
  const table = await inData("top", "pod", "--containers", "--no-headers");
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([pod = "", container = "", cpu = "", memory = ""]) => ({
      kind: `${pod.replace(/-\d+$|-[a-z0-9]+-[a-z0-9]{5}$/, "")}/${container}`,
      millicores: Number.parseInt(cpu, 10),
      mebibytes: Number.parseInt(memory, 10),
    }));
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort();
  const lines = kinds.map((kind) => {
    const same = rows.filter((row) => row.kind === kind);
    const list = (values: number[]) => [...new Set(values)].sort((a, b) => a - b).join(", ");
    return `${kind}: ${list(same.map((row) => row.mebibytes))} MiB, ${list(same.map((row) => row.millicores))} m`;
  });
  const total = (key: "millicores" | "mebibytes") => rows.reduce((sum, row) => sum + row[key], 0);
  return { lines, cores: total("millicores") / 1_000, mebibytes: total("mebibytes") };
}
