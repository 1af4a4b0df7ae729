import type { DependencyView, FunctionView } from "../../src/console/live/view.ts";
import type { TopicFlow } from "../../src/console/overview/view.ts";
import { countedText } from "../parts/format.ts";

/** A dependency, connector or function that is down. */
export interface HealthProblem {
  /** Identifies it among the problems. */
  key: string;
  name: string;
  detail: string;
  /** The setting with its address; undefined for a function. */
  setting?: string;
  /** The time of its last answer, in milliseconds since 1970, if known. */
  lastUp?: number | undefined;
  /** The path of its view below `/ui/`. */
  path: readonly string[];
  dependency?: DependencyView;
}

/** The name of the dependency that represents all functions; its state is derived from theirs. */
const functionsName = "Functions";

const viewNames: Readonly<Record<string, string>> = {
  Elasticsearch: "documents",
  Ethereum: "ethereum",
  Kafka: "topics",
};

/** Returns the path of the view with a dependency's contents. */
export function viewPath({ name }: Pick<DependencyView, "name">): readonly string[] {
  return name === functionsName ? ["functions"] : [viewNames[name] ?? "health"];
}

/**
 * Lists problems: dependencies that are down, then stopped connectors with waiting messages, then functions that want
 * replicas but have none ready.
 */
export function listProblems(
  health: readonly DependencyView[],
  functions: readonly FunctionView[],
  topics: readonly TopicFlow[] = [],
): HealthProblem[] {
  const dependencies = health
    .filter(({ name, state }) => state === "down" && name !== functionsName)
    .map((dependency) => ({
      key: `dependency ${dependency.name}`,
      name: dependency.name,
      // The page shows the setting separately.
      detail: dependency.detail.replace(`${dependency.setting}: `, ""),
      setting: dependency.setting,
      lastUp: dependency.lastUp,
      path: viewPath(dependency),
      dependency,
    }));
  const down = functions
    .filter(({ replicas }) => replicas.wanted > 0 && replicas.available === 0)
    .map(({ name, replicas, build }) => ({
      key: `function ${name}`,
      name,
      detail:
        build?.problem ||
        `None of its ${replicas.wanted === 1 ? "1 replica" : `${replicas.wanted} replicas`} is ready.`,
      path: ["functions", name],
    }));
  const isKafkaUp = health.some(({ name, state }) => name === "Kafka" && state === "up");
  return [...dependencies, ...(isKafkaUp ? topics.flatMap(stoppedConnectors) : []), ...down];
}

/** Finds consumer groups of the connector that have waiting messages, but no members. */
function stoppedConnectors({ name: topic, consumers }: TopicFlow): HealthProblem[] {
  return consumers.flatMap(({ group, isRunning, lag }) => {
    if (group === null || isRunning || !lag) return [];
    const detail = `No connector runs; ${countedText(lag, "message")} of topic ${topic} ${lag === 1 ? "waits" : "wait"}.`;
    return [{ key: `group ${group} ${topic}`, name: group, detail, path: ["topics", "~groups", group] }];
  });
}

const urgency = { down: 0, unknown: 1, checking: 2, off: 3, up: 4 } as const;

/** Sorts by urgency, most urgent first (stable). */
export function sortByUrgency(health: readonly DependencyView[]): DependencyView[] {
  return [...health].sort((a, b) => urgency[a.state] - urgency[b.state]);
}
