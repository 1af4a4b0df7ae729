import { available } from "./available.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

it.each([
  [0, "none is available"],
  [2, "available: f0, f1"],
  [20, `available: ${names(20).join(", ")}`],
  [50, `available: ${names(20).join(", ")} and 30 more`],
])("lists the available names: %d", (count, clause) => {
  expect(available(names(count))).toBe(clause);
});
