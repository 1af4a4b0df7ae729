import { run } from "../process/command.ts";
import { inData } from "./data-namespace.ts";

/** Whether the API server evicted a pod, or refused because of its disruption budget (429). */
export type Eviction = "evicted" | "refused";

/** Requests the eviction of a pod of namespace `data`, like `kubectl drain`. */
export async function evict(pod: string): Promise<Eviction> {
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: pod, namespace: "data" } };
  const path = `/api/v1/namespaces/data/pods/${pod}/eviction`;
  const { code, stderr } = await run("kubectl", ["create", "--raw", path, "-f", "-"], {
    input: JSON.stringify(eviction),
  });
  if (code === 0) return "evicted";
  if (/disruption budget/.test(stderr)) return "refused";
  throw new Error(`eviction of ${pod}: ${stderr.trim()}`);
}

/** Returns the names of an app's pods in namespace `data`, without terminating ones. */
export async function listPods(app: string): Promise<string[]> {
  const { items } = JSON.parse(await inData("get", "pod", "-l", `app=${app}`, "-o", "json")) as {
    items: { metadata: { name: string; deletionTimestamp?: string } }[];
  };
  return items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.name);
}
