import { createdAtOf, formatCreatedAt, parseCreatedAt } from "./created-at.ts";

it.each([
  ["Wed Oct 10 20:19:24 +0000 2018", "Wed Oct 10 20:19:24 +0000 2018"],
  ["Wed Oct 10 23:19:24 +0530 2018", "Wed Oct 10 17:49:24 +0000 2018"],
  ["2018-10-10T20:19:24.000Z", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-12-31T23:30:00-01:00", "Tue Jan 01 00:30:00 +0000 2019"],
  ["2018-10-10T20:19Z", "Wed Oct 10 20:19:00 +0000 2018"],
  ["2018-10-10T20:19:24.123456+00:00", "Wed Oct 10 20:19:24 +0000 2018"],
])("writes %s in v1.1's form in UTC", (text, expected) => {
  expect(formatCreatedAt(parseCreatedAt(text))).toBe(expected);
});

it.each([
  "yesterday",
  "2018-10-10",
  "2018-10-10T20:19:24",
  "2018-13-10T20:19:24Z",
  "Wed Oct 10 25:19:24 +0000 2018",
  "Wed, 10 Oct 2018 20:19:24 GMT",
  "Wed Oct 10 20:19:24 +0000 0018",
  "",
  1539202764,
  {},
])("refuses %p", (value) => {
  expect(() => parseCreatedAt(value)).toThrow(
    expect.objectContaining({ status: 422, code: "invalid_created_at" }),
  );
});

it("leaves undefined what a tweet does not tell", () => {
  expect(createdAtOf(undefined)).toBeUndefined();
  expect(createdAtOf(null)).toBeUndefined();
  expect(createdAtOf("2018-10-10T20:19:24Z")).toEqual(new Date("2018-10-10T20:19:24Z"));
  expect(() => createdAtOf("")).toThrow(expect.objectContaining({ code: "invalid_created_at" }));
});
