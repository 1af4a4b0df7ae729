import { versionOf } from "./version.ts";

const at = (text: string) => new Date(text);

it("is the latest of the times, in milliseconds", () => {
  expect(versionOf(at("2018-10-10T20:19:24Z"), at("2018-10-10T20:20:00.123Z"))).toBe(1539202800123);
  expect(versionOf(at("2018-10-10T20:19:24Z"), undefined)).toBe(1539202764000);
  expect(versionOf(undefined)).toBeUndefined();
});

it("does not count a time outside the plausible span", () => {
  expect(versionOf(at("9999-01-01T00:00:00Z"), at("2018-10-10T20:19:24Z"))).toBe(1539202764000);
  expect(versionOf(at("0001-01-01T00:00:00Z"))).toBeUndefined();
});
