import type { DependencyView } from "../../src/console/live/view.ts";
import { useLive } from "../shell/live-events.ts";

/** A dependency by its name; undefined until the gateway tells. */
export function useDependency(name: string): DependencyView | undefined {
  return useLive("health")?.find((view) => view.name === name);
}
