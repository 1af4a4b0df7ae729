import { boundedLabels } from "./bounded-labels.ts";

it("keeps the first plain values", () => {
  const label = boundedLabels(2);
  expect(["a", "not plain", "b", "c", "a", "x".repeat(41)].map(label)).toEqual([
    "a",
    "other",
    "b",
    "other",
    "a",
    "other",
  ]);
});
