import { toVersion } from "./version.ts";

const at = (text: string) => new Date(text);

it("is the latest of the times, in milliseconds", () => {
  expect(toVersion(at("2018-10-10T20:19:24Z"), at("2018-10-10T20:20:00.123Z"))).toBe(1539202800123);
  expect(toVersion(at("2018-10-10T20:19:24Z"), undefined)).toBe(1539202764000);
  expect(toVersion(undefined)).toBeUndefined();
});

it("ignores an implausible time", () => {
  expect(toVersion(at("9999-01-01T00:00:00Z"), at("2018-10-10T20:19:24Z"))).toBe(1539202764000);
  expect(toVersion(at("0001-01-01T00:00:00Z"))).toBeUndefined();
});
