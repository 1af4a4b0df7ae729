import type { FunctionCatalog } from "../../http/function-catalog.ts";
import { scheduledTopic } from "../../http/schedule.ts";
import type { CallHistory } from "../functions/call-history.ts";
import type { FunctionFlow } from "./view.ts";

/** Describes each function's part of the pipeline, ordered by name. */
export function functionFlows(functions: FunctionCatalog, history: CallHistory): FunctionFlow[] {
  return functions
    .values()
    .map((target) => {
      const name = functions.calledName(target);
      const { annotations, environment } = target.definition;
      return {
        name,
        topics: parseTopics(annotations.topic),
        writesDocuments: Boolean(environment.ELASTICSEARCH_URL),
        readsChain: Boolean(environment.GETH_RPC_ENDPOINT),
        ...history.readLastMinute(name),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Parses the comma-separated topics of an annotation `topic`, without the topic of schedules. */
function parseTopics(annotation = ""): string[] {
  const names = annotation.split(",").map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== "" && name !== scheduledTopic).sort();
}
