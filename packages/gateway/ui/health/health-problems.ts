import type { DependencyView, FunctionView } from "../../src/console/live/view.ts";
import type { TopicFlow } from "../../src/console/overview/view.ts";
import { countedText } from "../parts/format.ts";

/** A dependency, connector or function that is down. */
export interface HealthProblem {
  /** Identifies it among the problems. */
  key: string;
  name: string;
  detail: string;
  /** The setting that points to it; undefined for a function. */
  setting?: string;
  /** When it last answered, in milliseconds since 1970, if that is known. */
  lastUp?: number | undefined;
  /** The path of its view below `/ui/`. */
  path: readonly string[];
  dependency?: DependencyView;
}

/** The name of the dependency that stands for all functions: its state follows from theirs. */
const functionsName = "Functions";

const viewOf: Readonly<Record<string, string>> = {
  Elasticsearch: "documents",
  Ethereum: "ethereum",
  Kafka: "topics",
};

/** The path of the view that shows a dependency's content. */
export function pathOf({ name }: Pick<DependencyView, "name">): readonly string[] {
  return name === functionsName ? ["functions"] : [viewOf[name] ?? "health"];
}

/**
 * What is down: dependencies first, then connectors that do not run though messages wait, then functions that have no replica
 * though they should.
 */
export function problemsOf(
  health: readonly DependencyView[],
  functions: readonly FunctionView[],
  topics: readonly TopicFlow[] = [],
): HealthProblem[] {
  const dependencies = health
    .filter(({ name, state }) => state === "down" && name !== functionsName)
    .map((dependency) => ({
      key: `dependency ${dependency.name}`,
      name: dependency.name,
      // The page shows the setting beside the sentence.
      detail: dependency.detail.replace(`${dependency.setting}: `, ""),
      setting: dependency.setting,
      lastUp: dependency.lastUp,
      path: pathOf(dependency),
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

/** Consumer groups of the connector without members, whose messages wait. */
function stoppedConnectors({ name: topic, consumers }: TopicFlow): HealthProblem[] {
  return consumers.flatMap(({ group, isRunning, lag }) => {
    if (group === null || isRunning || !lag) return [];
    const detail = `No connector runs; ${countedText(lag, "message")} of topic ${topic} ${lag === 1 ? "waits" : "wait"}.`;
    return [{ key: `group ${group} ${topic}`, name: group, detail, path: ["topics", "~groups", group] }];
  });
}

const urgency = { down: 0, unknown: 1, checking: 2, off: 3, up: 4 } as const;

/** Most urgent first; equally urgent ones keep their order. */
export function byUrgency(health: readonly DependencyView[]): DependencyView[] {
  return [...health].sort((one, other) => urgency[one.state] - urgency[other.state]);
}
