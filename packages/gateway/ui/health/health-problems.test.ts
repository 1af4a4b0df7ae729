import type { DependencyView, FunctionView } from "../../src/console/live/view.ts";
import { listProblems, sortByUrgency } from "./health-problems.ts";

function dependency(name: string, state: DependencyView["state"]): DependencyView {
  return { name, setting: "URL", kind: "real", place: "here", state, detail: "URL: here is out of reach." };
}

function functionView(name: string, wanted: number, available: number): FunctionView {
  return {
    name,
    description: "",
    replicas: { wanted, available },
    invocations: 0,
    latest: null,
    build: null,
  };
}

it("names dependencies and functions that are down, each once", () => {
  const health = [
    dependency("Functions", "down"),
    dependency("Elasticsearch", "down"),
    dependency("Kafka", "off"),
  ];
  const functions = [functionView("broken", 2, 0), functionView("asleep", 0, 0), functionView("well", 1, 1)];
  expect(listProblems(health, functions)).toMatchObject([
    { name: "Elasticsearch", detail: "here is out of reach.", setting: "URL", path: ["documents"] },
    { name: "broken", detail: "None of its 2 replicas is ready.", path: ["functions", "broken"] },
  ]);
});

it("names connectors that do not run while messages wait, as long as Kafka answers", () => {
  const consumer = { functionName: "f", group: "kafka-connector-f", isRunning: false, lag: 1, perSecond: 0 };
  const topic = { name: "t", messages: 1, perSecond: 0, deadLetters: null };
  const listConsumerProblems = (own: Partial<typeof consumer>, state: DependencyView["state"] = "up") =>
    listProblems([dependency("Kafka", state)], [], [{ ...topic, consumers: [{ ...consumer, ...own }] }]);
  expect(listConsumerProblems({})).toMatchObject([
    { name: "kafka-connector-f", detail: "No connector runs; 1 message of topic t waits." },
  ]);
  expect(listConsumerProblems({ isRunning: true })).toEqual([]);
  expect(listConsumerProblems({ lag: 0 })).toEqual([]);
  expect(listConsumerProblems({}, "unknown")).toEqual([]);
});

it("sorts the most urgent first", () => {
  const states = ["up", "off", "checking", "unknown", "down"] as const;
  const sorted = sortByUrgency(states.map((state) => dependency(state, state)));
  expect(sorted.map(({ state }) => state)).toEqual(["down", "unknown", "checking", "off", "up"]);
});
