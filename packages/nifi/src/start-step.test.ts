import type { FlowOnCanvas } from "./canvas.ts";
import type { ComponentFacts } from "./nifi-entities.ts";
import { startStep } from "./start-step.ts";

const part = (name: string, state: string, more: Partial<ComponentFacts> = {}) => ({
  id: name,
  revision: { version: 0 },
  component: {
    id: name,
    parentGroupId: "flow",
    name,
    type: "org.example.Part",
    state,
    validationStatus: "VALID" as const,
    extensionMissing: false,
    config: {},
    ...more,
  },
  status: { aggregateSnapshot: { activeThreadCount: 0 } },
});

const step = (services: ReturnType<typeof part>[], processors: ReturnType<typeof part>[]) => {
  const flow: FlowOnCanvas = { groups: [], contexts: [], ports: [], services, processors };
  const { kind, ...rest } = startStep(flow);
  return [kind, ...("parts" in rest ? rest.parts.map(({ id }) => id) : [])];
};

it("enables valid services first", () => {
  const other = part("other", "DISABLED", { validationStatus: "INVALID" });
  expect(step([part("kafka", "DISABLED"), other], [part("p", "STOPPED")])).toEqual(["enable", "kafka"]);
  expect(step([part("kafka", "ENABLING")], [part("p", "STOPPED")])).toEqual(["wait", "kafka"]);
});

it("runs all processors at once, except for disabled ones", () => {
  const processors = [
    part("a", "STOPPED"),
    part("b", "RUNNING"),
    part("c", "DISABLED"),
    part("d", "STOPPED"),
  ];
  expect(step([part("kafka", "ENABLED")], processors)).toEqual(["run", "a", "d"]);
});

it("starts nothing while a component is invalid, and waits during validation", () => {
  const bad = part("bad", "STOPPED", { validationStatus: "INVALID" });
  expect(step([], [part("a", "STOPPED"), bad])).toEqual(["invalid", "bad"]);
  const unsure = part("unsure", "STOPPED", { validationStatus: "VALIDATING" });
  expect(step([], [part("a", "STOPPED"), unsure])).toEqual(["wait", "unsure"]);
  const ghost = part("ghost", "STOPPED", { extensionMissing: true });
  expect(step([part("kafka", "DISABLED")], [ghost])).toEqual(["invalid", "ghost"]);
});

it("is done when everything runs", () => {
  expect(step([part("kafka", "ENABLED")], [part("a", "RUNNING")])).toEqual(["done"]);
});
