import { alignedFlow } from "./aligned-flow.ts";
import type { FlowDefinition } from "./flow-definition.ts";
import { flowText } from "./flow-text.ts";

const file = (): FlowDefinition => ({
  flowContents: {
    identifier: "file-group",
    name: "Flow",
    position: { x: 0, y: 0 },
    processors: [
      {
        identifier: "p2",
        name: "Second",
        type: "org.example.Second",
        bundle: { group: "g", artifact: "a", version: "2.3.0" },
        properties: { Url: "#{URL}" },
        propertyDescriptors: {},
        position: { x: 0, y: 100 },
        autoTerminatedRelationships: ["success", "failure"],
        groupIdentifier: "file-group",
      },
      {
        identifier: "p1",
        name: "First",
        type: "org.example.First",
        bundle: { group: "g", artifact: "a", version: "2.3.0" },
        properties: {},
        propertyDescriptors: {},
        position: { x: 0, y: 0 },
        groupIdentifier: "file-group",
      },
    ],
  },
  parameterContexts: {
    flow: { name: "flow", parameters: [{ name: "URL", value: "http://service", sensitive: false }] },
  },
});

/** The same flow as a download of NiFi: with its own ids, order, defaults, versions and values. */
const canvas = (): FlowDefinition => {
  const { flowContents, parameterContexts } = file();
  const processors = (flowContents.processors as { identifier: string; properties: object }[])
    .map((item) => ({
      ...item,
      groupIdentifier: "canvas-group",
      instanceIdentifier: `instance-${item.identifier}`,
      bundle: { group: "g", artifact: "a", version: "2.9.9" },
      properties: { Timeout: "5 s", ...item.properties, Proxy: null },
      comments: "",
      scheduledState: "ENABLED",
      style: {},
    }))
    .reverse();
  return {
    flowContents: { ...flowContents, identifier: "canvas-group", position: { x: 700, y: 3 }, processors },
    parameterContexts: {
      flow: {
        ...parameterContexts?.flow,
        name: "flow",
        parameters: [{ name: "URL", value: "http://mine", sensitive: false, provided: false }],
      },
    },
  };
};

const descriptors = new Map(
  ["instance-p1", "instance-p2"].map((id) => [
    id,
    { Timeout: { name: "Timeout", defaultValue: "5 s" }, Proxy: { name: "Proxy" } },
  ]),
);

const toLines = (definition: FlowDefinition) =>
  flowText(definition)
    .split("\n")
    .map((line) => line.trim().replace(/,$/, ""));

/** The lines that are on the canvas but not in the file. */
function changed(change: (processor: Record<string, unknown>) => void): string[] {
  const changedCanvas = canvas();
  const processors = changedCanvas.flowContents.processors as { identifier: string }[];
  change(processors.find(({ identifier }) => identifier === "p2") as unknown as Record<string, unknown>);
  const before = toLines(file());
  return toLines(alignedFlow(changedCanvas, file(), descriptors)).filter((line) => !before.includes(line));
}

it("exports an unchanged canvas identical to the file", () => {
  expect(flowText(alignedFlow(canvas(), file(), descriptors))).toBe(flowText(file()));
});

it("exports only changes", () => {
  expect(changed((processor) => Object.assign(processor, { name: "Renamed" }))).toEqual([
    '"name": "Renamed"',
  ]);
  expect(changed((processor) => Object.assign(processor, { position: { x: 0.4, y: 250.6 } }))).toEqual([
    '"y": 251',
  ]);
  expect(changed((processor) => Object.assign(processor, { scheduledState: "DISABLED" }))).toEqual([
    '"scheduledState": "DISABLED"',
  ]);
  expect(
    changed((processor) =>
      Object.assign(processor, { properties: { Timeout: "9 s", Url: "#{URL}", Proxy: null } }),
    ),
  ).toEqual(['"Timeout": "9 s"']);
});

it("does not export parameter values", () => {
  expect(flowText(alignedFlow(canvas(), file(), descriptors))).not.toContain("http://mine");
});
