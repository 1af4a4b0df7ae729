import { withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** A function and the topics that it subscribes to. */
export interface Route {
  functionName: string;
  /** Sorted, each once. */
  topics: readonly string[];
  /** The maximum number of messages in a call. 1: the message is the whole body. */
  batchSize: number;
  /** Whether messages are sent in an envelope, with their key and headers. */
  envelope: boolean;
}

/** The defaults for functions without annotations. */
export type RouteDefaults = Pick<Route, "batchSize" | "envelope">;

/** The part of a gateway's function status that the connector uses. */
export interface FunctionStatus {
  name: string;
  annotations?: Readonly<Record<string, string>> | null | undefined;
}

/** The topic that marks functions with a schedule, for the gateway and for OpenFaaS's cron-connector. */
const scheduledTopic = "cron-function";

/**
 * Reads routes from the annotations of functions: `topic`, a list separated by commas, `kafka-batch-size` and `kafka-envelope`. It
 * ignores the topic `cron-function`, which is not a Kafka topic. Invalid batch sizes and envelopes count as unset.
 */
export function routesFromAnnotations(
  functions: readonly FunctionStatus[],
  defaults: RouteDefaults,
): Route[] {
  return functions.flatMap(({ name, annotations }) => {
    const topics = uniqueTopics((annotations?.topic ?? "").split(",")).filter(
      (topic) => topic !== scheduledTopic,
    );
    if (topics.length === 0) return [];
    const size = Number(annotations?.["kafka-batch-size"]);
    const batchSize = Number.isInteger(size) && size >= 1 && size <= 10_000 ? size : defaults.batchSize;
    const isSet = ["true", "false"].includes(annotations?.["kafka-envelope"] ?? "");
    const envelope = isSet ? annotations?.["kafka-envelope"] === "true" : defaults.envelope;
    return [{ functionName: name, topics, batchSize, envelope }];
  });
}

/** Creates routes from pairs of topic and function. */
export function routesFromPairs(
  pairs: readonly (readonly [string, string])[],
  defaults: RouteDefaults,
): Route[] {
  const names = [...new Set(pairs.map(([, functionName]) => functionName))];
  return names.map((functionName) => ({
    functionName,
    topics: uniqueTopics(pairs.filter(([, name]) => name === functionName).map(([topic]) => topic)),
    ...defaults,
  }));
}

/** The schema of a setting: `topic=function`, several separated by commas. */
export function routeList() {
  const schema = v.pipe(
    v.string(),
    v.transform((text) => text.split(",").map((pair) => pair.trim().split("="))),
    v.check(
      (pairs) => pairs.every((pair) => pair.length === 2 && pair.every((part) => /^[\w.-]+$/.test(part))),
      "must be topic=function, several separated by commas",
    ),
    v.transform((pairs) => pairs as [string, string][]),
  );
  return withFacts(schema, { values: "topic=function, several separated by commas" });
}

function uniqueTopics(topics: readonly string[]): string[] {
  return [...new Set(topics.map((topic) => topic.trim()).filter((topic) => topic !== ""))].sort();
}
