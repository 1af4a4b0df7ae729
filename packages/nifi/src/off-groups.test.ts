import type { GroupEntity, ParameterContextEntity } from "./nifi-entities.ts";
import { offGroups } from "./off-groups.ts";

const group = (id: string, parentGroupId?: string): GroupEntity => ({
  id,
  revision: { version: 0 },
  position: { x: 0, y: 0 },
  component: { name: id.toUpperCase(), ...(parentGroupId === undefined ? {} : { parentGroupId }) },
});
const groups = [group("flow"), group("search", "flow"), group("page", "search"), group("listener", "flow")];

const createContexts = (value?: string): ParameterContextEntity[] => [
  {
    id: "context",
    revision: { version: 0 },
    component: {
      name: "context",
      parameters: [
        {
          parameter: {
            name: "TOKEN",
            sensitive: true,
            ...(value === undefined ? {} : { value }),
            referencingComponents: [{ id: "call", component: { processGroupId: "search" } }],
          },
        },
      ],
    },
  },
];

it("turns off groups that refer to a parameter without a value, and their descendants", () => {
  expect(offGroups(groups, createContexts())).toEqual([
    { id: "search", name: "SEARCH", parameters: ["TOKEN"] },
    { id: "page", name: "PAGE", parameters: ["TOKEN"] },
  ]);
});

it("turns on groups with all values", () => {
  expect(offGroups(groups, createContexts("********"))).toEqual([]);
});
