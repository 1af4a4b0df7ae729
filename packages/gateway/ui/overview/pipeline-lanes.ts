import type { ConsumerFlow, FunctionFlow, TopicFlow } from "../../src/console/overview/view.ts";
import { countedText, countText } from "../parts/format.ts";
import type { ArrowNote, PipelineArrow, PipelineLane, PipelineStep } from "./pipeline-model.ts";
import {
  chainNode,
  connectorNode,
  findDependency,
  functionNode,
  indexNode,
  type PipelineFacts,
  sourceNode,
  topicNode,
  unreadTopicNode,
} from "./pipeline-nodes.ts";
import { rateText } from "./rate-text.ts";
import { documentsPerSecond } from "./sentiment-now.ts";

/** The lag from which a consumer is marked as late. */
const lateLag = 1_000;
/** Maximum functions in the picture; the view Functions lists all. */
const maxCalled = 6;

/**
 * Creates the lanes of the pipeline: one for each topic and its reader, for each function that writes documents without a topic,
 * for Ethereum, and for all functions that are only called.
 */
export function pipelineLanes(facts: PipelineFacts): PipelineLane[] {
  const { flows, topics } = facts;
  const posts = flows.flatMap((flow) => {
    if (topics === undefined || flow.topics.length === 0)
      return isPostFunction(flow) ? [directLane(facts, flow)] : [];
    return flow.topics.flatMap((name) => {
      const topic = topics.find((candidate) => candidate.name === name);
      return topic === undefined ? [] : [topicLane(facts, flow, topic)];
    });
  });
  const chains = flows.filter(({ readsChain }) => readsChain);
  const called = flows.filter((flow) => !isPostFunction(flow) && !flow.readsChain);
  return [
    ...posts,
    ...(chains.length === 0 ? [] : [chainLane(facts, chains)]),
    ...(called.length === 0 ? [] : [calledLane(facts, called)]),
  ];
}

function isPostFunction({ topics, writesDocuments }: FunctionFlow): boolean {
  return topics.length > 0 || writesDocuments;
}

function topicLane(facts: PipelineFacts, flow: FunctionFlow, topic: TopicFlow): PipelineLane {
  const none: ConsumerFlow = {
    functionName: flow.name,
    group: null,
    isRunning: false,
    lag: null,
    perSecond: null,
  };
  const consumer = topic.consumers.find(({ functionName }) => functionName === flow.name) ?? none;
  return {
    key: `${topic.name} ${flow.name}`,
    label: `Posts from topic ${topic.name} to ${flow.name}`,
    steps: [
      { nodes: [sourceNode(facts, flow)] },
      { arrow: plain(rateText(topic.perSecond), topic.perSecond), nodes: [topicNode(facts, topic)] },
      { arrow: lagArrow(consumer), nodes: [connectorNode(facts, topic, consumer)] },
      { arrow: callArrow(flow, topic), nodes: [functionNode(facts, flow.name)] },
      ...documentStep(facts, flow),
    ],
  };
}

/** The lane of a function without Kafka, which gets posts from callers. */
function directLane(facts: PipelineFacts, flow: FunctionFlow): PipelineLane {
  const arrow = callArrow(flow);
  const kafka = directLaneTopic(facts, flow);
  return {
    key: flow.name,
    label: `Posts to ${flow.name}`,
    steps: [
      { nodes: [sourceNode(facts, flow)] },
      ...kafka.steps,
      {
        arrow: { ...arrow, notes: [...arrow.notes, ...kafka.notes] },
        nodes: [functionNode(facts, flow.name)],
      },
      ...documentStep(facts, flow),
    ],
  };
}

/** The placeholder of the topic until Kafka answers, or a note if Kafka is not configured. */
function directLaneTopic(
  facts: PipelineFacts,
  flow: FunctionFlow,
): { steps: PipelineStep[]; notes: ArrowNote[] } {
  const { state, setting } = findDependency(facts, "Kafka", "KAFKA_BROKERS");
  if (flow.topics.length === 0) return { steps: [], notes: [] };
  if (state === "off") {
    const note: ArrowNote = { text: "Kafka: not configured", tone: "quiet", path: ["topics"], setting };
    return { steps: [], notes: [note] };
  }
  return { steps: [{ arrow: plain("", null), nodes: [unreadTopicNode(flow, state)] }], notes: [] };
}

function chainLane(facts: PipelineFacts, flows: readonly FunctionFlow[]): PipelineLane {
  return {
    key: "chain",
    label: "Blocks of Ethereum",
    steps: [
      { nodes: [chainNode(facts)] },
      {
        arrow: callsArrow(flows),
        nodes: flows.slice(0, maxCalled).map(({ name }) => functionNode(facts, name)),
      },
    ],
  };
}

function calledLane(facts: PipelineFacts, flows: readonly FunctionFlow[]): PipelineLane {
  const callers = { key: "callers", kind: "source", name: "Callers", facts: "by HTTP", state: undefined };
  return {
    key: "called",
    label: "Functions that are only called",
    steps: [
      { nodes: [{ ...callers, path: ["functions"] }] },
      {
        arrow: callsArrow(flows),
        nodes: flows.slice(0, maxCalled).map(({ name }) => functionNode(facts, name)),
      },
    ],
  };
}

function documentStep(facts: PipelineFacts, flow: FunctionFlow): PipelineStep[] {
  if (!flow.writesDocuments) return [];
  const index = indexNode(facts);
  const perSecond = facts.sentiment === undefined ? null : documentsPerSecond(facts.sentiment.hour);
  const isKnown = perSecond !== null || index.state === "up" || index.state === "checking";
  return [{ arrow: plain(isKnown ? rateText(perSecond) : "", perSecond), nodes: [index] }];
}

function plain(rate: string, perSecond: number | null): PipelineArrow {
  return { rate, isMoving: (perSecond ?? 0) > 0, notes: [] };
}

function lagArrow({ group, isRunning, lag, perSecond }: ConsumerFlow): PipelineArrow {
  const isLate = lag !== null && lag > 0 && (lag >= lateLag || !isRunning);
  const note = { text: `lag ${countText(lag ?? 0)}`, tone: isLate ? "warn" : "quiet" } as const;
  return {
    ...plain(group === null ? "" : rateText(perSecond), perSecond),
    notes: lag === null ? [] : [note],
  };
}

function callArrow(flow: FunctionFlow, topic?: TopicFlow): PipelineArrow {
  const arrow = callsArrow([flow]);
  const letters = topic?.deadLetters;
  if (topic === undefined || letters == null || letters.messages === 0) return arrow;
  const isGrowing = (letters.perSecond ?? 0) > 0;
  const note: ArrowNote = {
    text: countedText(letters.messages, "dead letter"),
    tone: isGrowing ? "bad" : "quiet",
    path: ["topics", topic.name, "dead-letters"],
  };
  return { ...arrow, notes: [...arrow.notes, note] };
}

/** The calls and failures of the last minute. */
function callsArrow(flows: readonly FunctionFlow[]): PipelineArrow {
  const calls = flows.reduce((sum, flow) => sum + flow.calls, 0);
  const failed = flows.reduce((sum, flow) => sum + flow.failed, 0);
  const [only] = flows;
  const note: ArrowNote = {
    text: `${countText(failed)} failed`,
    tone: "bad",
    path: flows.length === 1 && only !== undefined ? ["functions", only.name] : ["functions"],
  };
  return {
    rate: calls === 0 ? "no calls" : `${countedText(calls, "call")}/min`,
    isMoving: calls > 0,
    notes: failed === 0 ? [] : [note],
  };
}
