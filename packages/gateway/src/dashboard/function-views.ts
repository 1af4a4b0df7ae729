import type { Functions } from "../http/function-target.ts";
import type { RecentCalls } from "./recent-calls.ts";
import type { FunctionView } from "./view.ts";

/** The functions, by their names. */
export function functionViews(functions: Functions, calls: RecentCalls): FunctionView[] {
  return [...functions.values()]
    .map(({ definition, replicas, invocations, build = null }) => ({
      name: definition.name,
      description: definition.annotations.description ?? "",
      replicas: { wanted: replicas.wanted, available: replicas.available },
      invocations,
      latest: calls.of(definition.name),
      build,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
