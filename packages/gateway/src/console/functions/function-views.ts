import type { FunctionCatalog } from "../../http/function-catalog.ts";
import type { FunctionView } from "../live/view.ts";
import type { CallHistory } from "./call-history.ts";

/** Lists the functions by name. */
export function functionViews(functions: FunctionCatalog, history: CallHistory): FunctionView[] {
  return functions
    .values()
    .map((target) => ({
      name: functions.calledName(target),
      description: target.definition.annotations.description ?? "",
      replicas: { wanted: target.replicas.wanted, available: target.replicas.available },
      invocations: target.invocations,
      latest: history.readLatest(functions.calledName(target)),
      build: target.build ?? null,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
