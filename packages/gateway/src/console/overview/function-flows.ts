import type { FunctionCatalog } from "../../http/function-catalog.ts";
import { scheduledTopic } from "../../http/schedule.ts";
import type { CallHistory } from "../functions/call-history.ts";
import type { FunctionFlow } from "./view.ts";

/** Each function's part of the pipeline, by the names of the functions. */
export function functionFlows(functions: FunctionCatalog, history: CallHistory): FunctionFlow[] {
  return functions
    .values()
    .map((target) => {
      const name = functions.calledName(target);
      const { annotations, environment } = target.definition;
      return {
        name,
        topics: topicsOf(annotations.topic),
        writesDocuments: Boolean(environment.ELASTICSEARCH_URL),
        readsChain: Boolean(environment.GETH_RPC_ENDPOINT),
        ...history.lastMinuteOf(name),
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The names in an annotation `topic`, a list with commas, without the one that marks schedules. */
function topicsOf(annotation = ""): string[] {
  const names = annotation.split(",").map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== "" && name !== scheduledTopic).sort();
}
