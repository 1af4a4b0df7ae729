import { withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** A function and the topics whose messages it wants. */
export interface Route {
  functionName: string;
  /** Sorted, each once. */
  topics: readonly string[];
  /** How many messages a call carries at most; 1: a message is the whole body. */
  batchSize: number;
  /** Whether messages are sent in an envelope, with their key and headers. */
  envelope: boolean;
}

/** How a function gets its messages where it asks for nothing else. */
export type RouteDefaults = Pick<Route, "batchSize" | "envelope">;

/** What a gateway says of a function, as far as it matters here. */
export interface FunctionStatus {
  name: string;
  annotations?: Readonly<Record<string, string>> | null | undefined;
}

/** The topic of functions that a schedule calls: the gateway does, and OpenFaaS's cron-connector. */
const scheduledTopic = "cron-function";

/**
 * The routes that functions ask for by their annotations: `topic`, a list with commas, `kafka-batch-size` and
 * `kafka-envelope`. `cron-function` is no topic of Kafka. A batch size that is no number, and an envelope that is neither true nor false, count as unset.
 */
export function routesOfFunctions(functions: readonly FunctionStatus[], defaults: RouteDefaults): Route[] {
  return functions.flatMap(({ name, annotations }) => {
    const topics = uniqueTopics((annotations?.topic ?? "").split(",")).filter(
      (topic) => topic !== scheduledTopic,
    );
    if (topics.length === 0) return [];
    const asked = Number(annotations?.["kafka-batch-size"]);
    const batchSize = Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : defaults.batchSize;
    const isSet = ["true", "false"].includes(annotations?.["kafka-envelope"] ?? "");
    const envelope = isSet ? annotations?.["kafka-envelope"] === "true" : defaults.envelope;
    return [{ functionName: name, topics, batchSize, envelope }];
  });
}

/** The routes of `topic=function` pairs. */
export function routesOfPairs(
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
