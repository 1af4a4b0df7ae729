import type { DependencyView } from "../../src/console/live/view.ts";
import type { ConsumerFlow, FunctionFlow, TopicFlow } from "../../src/console/overview/view.ts";
import { pipelineLanes } from "./pipeline-lanes.ts";
import type { PipelineLane } from "./pipeline-model.ts";
import type { PipelineFacts } from "./pipeline-nodes.ts";

const flow = (name: string, own: Partial<FunctionFlow> = {}): FunctionFlow => ({
  name,
  topics: [],
  writesDocuments: false,
  readsChain: false,
  calls: 0,
  failed: 0,
  ...own,
});
const enrich = flow("tweet-enrich", { topics: ["twitter"], writesDocuments: true, calls: 12, failed: 2 });

const dependency = (
  name: string,
  setting: string,
  state: DependencyView["state"] = "up",
): DependencyView => ({
  name,
  setting,
  kind: state === "off" ? "off" : "real",
  place: "",
  state,
  detail: "",
});

const consumer: ConsumerFlow = {
  functionName: "tweet-enrich",
  group: "kafka-connector-tweet-enrich",
  isRunning: true,
  lag: 7,
  perSecond: 20,
};
const topic: TopicFlow = {
  name: "twitter",
  messages: 1_234,
  perSecond: 25,
  deadLetters: { messages: 3, perSecond: 0.1 },
  consumers: [consumer],
};

const facts = (own: Partial<PipelineFacts> = {}): PipelineFacts => ({
  isConnected: true,
  postSource: undefined,
  health: [
    dependency("Kafka", "KAFKA_BROKERS"),
    dependency("Elasticsearch", "ELASTICSEARCH_URL"),
    dependency("Ethereum", "GETH_RPC_ENDPOINT"),
  ],
  functions: ["tweet-enrich", "last-block", "sentiment"].map((name) => ({
    name,
    description: "",
    replicas: { wanted: 1, available: 1 },
    invocations: 0,
    latest: null,
    build: null,
  })),
  flows: [enrich, flow("last-block", { readsChain: true, calls: 1 }), flow("sentiment")],
  topics: [topic],
  sentiment: undefined,
  chain: undefined,
  ...own,
});

const without = (setting: string): DependencyView[] =>
  facts().health.map((view) => (view.setting === setting ? dependency(view.name, setting, "off") : view));

/** The kinds and names of a lane's nodes. */
const listNodes = ({ steps }: PipelineLane) =>
  steps.map(({ nodes }) => nodes.map(({ kind, name }) => `${kind} ${name}`).join());
const listRates = ({ steps }: PipelineLane) => steps.slice(1).map(({ arrow }) => arrow!.rate);

it("draws source, topic, connector, function and index, with rates, lag and errors on the arrows", () => {
  const [posts] = pipelineLanes(facts());
  expect(listNodes(posts!)).toEqual([
    "source Producers",
    "topic twitter",
    "connector kafka-connector-tweet-enrich",
    "function tweet-enrich",
    "index sentiment-*",
  ]);
  expect(listRates(posts!)).toEqual(["25 /s", "20 /s", "12 calls/min", "measuring …"]);
  expect(posts!.steps[2]?.arrow?.notes).toEqual([{ text: "lag 7", tone: "quiet" }]);
  expect(posts!.steps[3]?.arrow?.notes).toEqual([
    { text: "2 failed", tone: "bad", path: ["functions", "tweet-enrich"] },
    { text: "3 dead letters", tone: "bad", path: ["topics", "twitter", "dead-letters"] },
  ]);
});

it("warns about a consumer that lags or does not run", () => {
  const withConsumer = (own: Partial<ConsumerFlow>) =>
    pipelineLanes(facts({ topics: [{ ...topic, consumers: [{ ...consumer, ...own }] }] }))[0]!.steps[2]!;
  expect(withConsumer({ lag: 1_500 }).arrow?.notes).toEqual([{ text: "lag 1,500", tone: "warn" }]);
  const stopped = withConsumer({ isRunning: false });
  expect(stopped.arrow?.notes).toEqual([{ text: "lag 7", tone: "warn" }]);
  expect(stopped.nodes[0]).toMatchObject({ state: "down", facts: "does not run" });
  const none = withConsumer({ group: null, isRunning: false, lag: null, perSecond: null });
  expect(none.nodes[0]).toMatchObject({ state: "off", facts: "no consumer group yet" });
  expect(none.arrow).toMatchObject({ rate: "", notes: [] });
});

it("without Kafka connects the source to the function, and names the setting", () => {
  const [posts] = pipelineLanes(
    facts({ health: without("KAFKA_BROKERS"), topics: undefined, postSource: "Invented posts" }),
  );
  expect(listNodes(posts!)).toEqual(["source Invented posts", "function tweet-enrich", "index sentiment-*"]);
  expect(posts!.steps[1]?.arrow).toMatchObject({ rate: "12 calls/min", isMoving: true });
  expect(posts!.steps[1]?.arrow?.notes).toContainEqual({
    text: "Kafka: not configured",
    tone: "quiet",
    path: ["topics"],
    setting: "KAFKA_BROKERS",
  });
});

it("keeps its shape until Kafka answers, and when the topic does not exist", () => {
  const unanswered = facts({ topics: undefined, health: [dependency("Kafka", "KAFKA_BROKERS", "down")] });
  expect(pipelineLanes(unanswered)[0]?.steps[1]?.nodes[0]).toMatchObject({ name: "twitter", state: "down" });
  expect(pipelineLanes(unanswered)[0]?.steps[0]?.nodes[0]).toMatchObject({ name: "Producers" });
  const missing = facts({ topics: [{ ...topic, messages: null, perSecond: null, deadLetters: null }] });
  expect(pipelineLanes(missing)[0]?.steps[1]?.nodes[0]).toMatchObject({
    facts: "not found",
    state: "down",
  });
});

it("has a lane for Ethereum, and one for functions that are only called", () => {
  const [, chain, called] = pipelineLanes(facts());
  expect(listNodes(chain!)).toEqual(["Ethereum no block yet", "function last-block"]);
  expect(listRates(chain!)).toEqual(["1 call/min"]);
  expect(listNodes(called!)).toEqual(["source Callers", "function sentiment"]);
  const [, off] = pipelineLanes(facts({ health: without("GETH_RPC_ENDPOINT") }));
  expect(off?.steps[0]?.nodes[0]).toMatchObject({ name: "not configured", setting: "GETH_RPC_ENDPOINT" });
});

it("marks function states as unknown without a connection", () => {
  const [posts] = pipelineLanes(facts({ isConnected: false }));
  expect(posts!.steps[3]?.nodes[0]).toMatchObject({ name: "tweet-enrich", state: "unknown" });
});
