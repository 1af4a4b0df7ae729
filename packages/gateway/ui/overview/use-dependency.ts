import type { DependencyView } from "../../src/console/live/view.ts";
import { useLive } from "../shell/live-events.ts";

/** Returns a dependency by name; undefined until the gateway reports it. */
export function useDependency(name: string): DependencyView | undefined {
  return useLive("health")?.find((view) => view.name === name);
}
