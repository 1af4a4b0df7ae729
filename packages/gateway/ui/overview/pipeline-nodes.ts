import type { ChainView, DependencyView, FunctionView, SentimentView } from "../../src/console/live/view.ts";
import type { ConsumerFlow, FunctionFlow, TopicFlow } from "../../src/console/overview/view.ts";
import { countedText, countText } from "../parts/format.ts";
import type { PartState, PipelineNode } from "./pipeline-model.ts";

/** The facts about the platform. */
export interface PipelineFacts {
  isConnected: boolean;
  postSource: string | undefined;
  health: readonly DependencyView[];
  functions: readonly FunctionView[];
  flows: readonly FunctionFlow[];
  /** Undefined without Kafka, and until it answers. */
  topics: readonly TopicFlow[] | undefined;
  sentiment: SentimentView | undefined;
  chain: ChainView | undefined;
}

/** Finds a dependency by name; "checking" until the gateway reports it. */
export function findDependency({ health }: PipelineFacts, name: string, setting: string): DependencyView {
  const unknown = { name, setting, kind: "real", place: "", state: "checking", detail: "" } as const;
  return health.find((view) => view.name === name) ?? unknown;
}

/** A dependency that is not configured. */
function offNode({ name, setting }: DependencyView, path: readonly string[]): PipelineNode {
  return { key: name, kind: name, name: "not configured", facts: "", state: "off", path, setting };
}

export function sourceNode(facts: PipelineFacts, flow: FunctionFlow): PipelineNode {
  const source = { key: "source", kind: "source", state: undefined };
  const toFunction = ["functions", flow.name];
  const [topic] = flow.topics;
  if (facts.postSource !== undefined)
    return { ...source, name: facts.postSource, facts: "by this gateway", path: toFunction };
  if (topic !== undefined && findDependency(facts, "Kafka", "KAFKA_BROKERS").state !== "off")
    return { ...source, name: "Producers", facts: "write to the topic", path: ["topics", topic] };
  return { ...source, name: "Callers", facts: "send posts by HTTP", path: toFunction };
}

export function topicNode(facts: PipelineFacts, { name, messages }: TopicFlow): PipelineNode {
  const { state } = findDependency(facts, "Kafka", "KAFKA_BROKERS");
  const isMissing = messages === null;
  return {
    key: `topic ${name}`,
    kind: "topic",
    name,
    facts: isMissing ? "not found" : countedText(messages, "message"),
    state: isMissing && state === "up" ? "down" : state,
    path: ["topics", name],
  };
}

/** The topic of a function until Kafka answers. */
export function unreadTopicNode({ topics: [name = ""] }: FunctionFlow, state: PartState): PipelineNode {
  return { key: `topic ${name}`, kind: "topic", name, facts: "", state, path: ["topics", name] };
}

export function connectorNode(facts: PipelineFacts, topic: TopicFlow, consumer: ConsumerFlow): PipelineNode {
  const { state } = findDependency(facts, "Kafka", "KAFKA_BROKERS");
  const { group, isRunning } = consumer;
  return {
    key: `connector ${topic.name} ${consumer.functionName}`,
    kind: "connector",
    name: group ?? "kafka-connector",
    facts: group === null ? "no consumer group yet" : isRunning ? "consumes" : "does not run",
    state: state === "up" && !isRunning ? (group === null ? "off" : "down") : state,
    path: group === null ? ["topics", topic.name] : ["topics", "~groups", group],
  };
}

export function functionNode({ functions, isConnected }: PipelineFacts, name: string): PipelineNode {
  const view = functions.find((candidate) => candidate.name === name);
  const { wanted, available } = view?.replicas ?? { wanted: 0, available: 0 };
  return {
    key: `function ${name}`,
    kind: "function",
    name,
    facts: wanted === 0 ? "asleep: no replicas" : `${available} of ${countedText(wanted, "replica")}`,
    state: !isConnected ? "unknown" : functionState(wanted, available),
    path: ["functions", name],
  };
}

function functionState(wanted: number, available: number): PartState {
  if (wanted === 0) return "off";
  return available > 0 ? "up" : "down";
}

export function indexNode(facts: PipelineFacts): PipelineNode {
  const view = findDependency(facts, "Elasticsearch", "ELASTICSEARCH_URL");
  if (view.state === "off") return offNode(view, ["documents"]);
  const { day } = facts.sentiment ?? {};
  return {
    key: "index",
    kind: view.kind === "embedded" ? "embedded store" : "index",
    name: "sentiment-*",
    facts: day === undefined ? "" : `${countText(day.count)} in 24 h`,
    state: view.state,
    path: ["documents"],
  };
}

export function chainNode(facts: PipelineFacts): PipelineNode {
  const view = findDependency(facts, "Ethereum", "GETH_RPC_ENDPOINT");
  if (view.state === "off") return offNode(view, ["ethereum"]);
  const block = facts.chain?.blocks[0];
  return {
    key: "chain",
    kind: view.kind === "embedded" ? "embedded chain" : "Ethereum",
    name: block === undefined ? "no block yet" : `block ${countText(block.number)}`,
    facts: facts.chain === undefined ? "" : `chain ${facts.chain.chainId}`,
    state: view.state,
    path: ["ethereum"],
  };
}
