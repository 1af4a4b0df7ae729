import { formatCreatedAt, parseCreatedAt, parseOptionalCreatedAt } from "./created-at.ts";

it.each([
  ["Wed Oct 10 20:19:24 +0000 2018", "Wed Oct 10 20:19:24 +0000 2018"],
  ["Wed Oct 10 23:19:24 +0530 2018", "Wed Oct 10 17:49:24 +0000 2018"],
  ["Mon Dec 31 23:30:00 -0100 2018", "Tue Jan 01 00:30:00 +0000 2019"],
  ["Thu Feb 29 12:00:00 +0000 2024", "Thu Feb 29 12:00:00 +0000 2024"],
  ["2018-10-10T20:19:24.000Z", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-12-31T23:30:00-01:00", "Tue Jan 01 00:30:00 +0000 2019"],
  ["2018-10-10T20:19Z", "Wed Oct 10 20:19:00 +0000 2018"],
  ["2018-10-10T20:19:24.123456+00:00", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-10-10T20:19:24+0000", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-10-10 20:19:24+00:00", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-10-10 20:19:24.5Z", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-10-10t20:19:24z", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-10-10T20:19:24-00:00", "Wed Oct 10 20:19:24 +0000 2018"],
  ["2018-10-10T20:19:24+23:59", "Tue Oct 09 20:20:24 +0000 2018"],
  ["2000-02-29T00:00:00Z", "Tue Feb 29 00:00:00 +0000 2000"],
  ["Wed Oct 10 20:19:24 +0000 0018", "Wed Oct 10 20:19:24 +0000 0018"],
  ["0001-01-01T00:00:00Z", "Mon Jan 01 00:00:00 +0000 0001"],
  ["0099-12-31T23:59:59Z", "Thu Dec 31 23:59:59 +0000 0099"],
  ["9999-12-31T23:59:59.999Z", "Fri Dec 31 23:59:59 +0000 9999"],
])("writes %s in v1.1's form in UTC", (text, expected) => {
  expect(formatCreatedAt(parseCreatedAt(text))).toBe(expected);
  expect(formatCreatedAt(parseCreatedAt(expected))).toBe(expected);
});

it("agrees with Date.parse on RFC 3339 times, to the millisecond", () => {
  for (const text of ["2018-10-10T20:19:24.57Z", "2018-10-10T20:19:24.1239Z", "0020-03-04T05:06:07.008Z"]) {
    expect(parseCreatedAt(text).toISOString()).toBe(new Date(text).toISOString());
  }
});

it.each([
  ["Sat Dec 31 23:59:60 +0000 2016", "2017-01-01T00:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ["2016-12-31T15:59:60.5-08:00", "2017-01-01T00:00:00.500Z"],
  ["2015-06-30T23:59:60Z", "2015-07-01T00:00:00.000Z"],
])("reads the leap second %s as the next second", (text, expected) => {
  expect(parseCreatedAt(text).toISOString()).toBe(expected);
});

it.each([
  "yesterday",
  "2018-10-10",
  "2018-10-10T20:19:24",
  "2018-10-10 20:19:24",
  "2018-10-10  20:19:24Z",
  "2018-10-10T20:19:24 Z",
  "2018-10-10T20:19:24.Z",
  "2018-10-10T20Z",
  "2018-00-10T20:19:24Z",
  "2018-13-10T20:19:24Z",
  "2018-10-00T20:19:24Z",
  "2018-04-31T20:19:24Z",
  "2019-02-29T12:00:00Z",
  "1900-02-29T12:00:00Z",
  "2018-10-10T24:00:00Z",
  "2018-10-10T20:60:24Z",
  "2018-10-10T20:19:61Z",
  "2018-10-10T20:19:60Z",
  "2016-12-30T23:59:60Z",
  "2016-12-31T23:59:60-08:00",
  "2018-10-10T20:19:24+24:00",
  "2018-10-10T20:19:24+00:60",
  "2018-10-10T20:19:24+1",
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+00:01",
  "9999-12-31T23:59:59-00:01",
  "+12018-10-10T20:19:24Z",
  "2018-10-10T20:19:24Z\n",
  "Sat Feb 31 20:19:24 +0000 2018",
  "Thu Feb 29 20:19:24 +0000 2018",
  "Mon Oct 10 20:19:24 +0000 2018",
  "Wed Oct 39 20:19:24 +0000 2018",
  "Wed Oct 10 25:19:24 +0000 2018",
  "Wed Oct 10 24:00:01 +0000 2018",
  "Wed Oct 10 20:19:24 +9959 2018",
  "Wed Oct 10 20:19:24 +0060 2018",
  "Wed Oct 10 20:19:24 2018",
  "Wed Oct 10 20:19:24 GMT 2018",
  "wed oct 10 20:19:24 +0000 2018",
  "Wed, 10 Oct 2018 20:19:24 GMT",
  "Sat Jan 01 00:00:00 +0000 0000",
  "",
  1539202764,
  {},
])("refuses %p", (value) => {
  expect(() => parseCreatedAt(value)).toThrow(
    expect.objectContaining({ status: 422, code: "invalid_created_at" }),
  );
});

it("accepts only days of the calendar, in any year", () => {
  for (const year of [1, 4, 100, 400, 1582, 1900, 2000, 2019, 2020, 9999]) {
    for (let month = 1; month <= 12; month++) {
      for (let day = 1; day <= 31; day++) {
        const date = [String(year).padStart(4, "0"), ...[month, day].map((n) => String(n).padStart(2, "0"))];
        const text = `${date.join("-")}T12:00:00Z`;
        const calendar = new Date(text); // Date moves a day after the end of the month into the next month, or is invalid
        const exists = !Number.isNaN(calendar.getTime()) && calendar.getUTCDate() === day;
        if (exists) expect(parseCreatedAt(text)).toEqual(calendar);
        else expect(() => parseCreatedAt(text)).toThrow();
      }
    }
  }
});

it("returns undefined for a missing date", () => {
  expect(parseOptionalCreatedAt(undefined)).toBeUndefined();
  expect(parseOptionalCreatedAt(null)).toBeUndefined();
  expect(parseOptionalCreatedAt("2018-10-10T20:19:24Z")).toEqual(new Date("2018-10-10T20:19:24Z"));
  expect(() => parseOptionalCreatedAt("")).toThrow(expect.objectContaining({ code: "invalid_created_at" }));
});
