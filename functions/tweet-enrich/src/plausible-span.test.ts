import { isPlausible } from "./plausible-span.ts";

const now = new Date("2026-11-28T12:00:00Z");

it.each([
  ["0001-01-01T00:00:00Z", false],
  ["2005-12-31T23:59:59.999Z", false],
  ["2006-01-01T00:00:00Z", true],
  ["2026-11-28T12:00:00Z", true],
  ["2026-11-30T12:00:00Z", true],
  ["2026-11-30T12:00:00.001Z", false],
  ["9999-12-31T23:59:59Z", false],
])("decides whether the time %s is plausible: %p", (time, plausible) => {
  expect(isPlausible(new Date(time), now)).toBe(plausible);
});
