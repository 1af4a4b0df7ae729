import { parseSchedule, readSchedule } from "./schedule.ts";

const time = (text: string) => Date.parse(text);
const next = (schedule: string, after: string) =>
  new Date(parseSchedule(schedule).next(time(after))).toISOString();

describe("parseSchedule", () => {
  it.each([
    ["*/5 * * * *", "2026-11-28T10:05:00.000Z"],
    ["5/15 * * * *", "2026-11-28T10:05:00.000Z"],
    ["0 9-17 * * MON-FRI", "2026-11-30T09:00:00.000Z"],
    [" 30 3 * * * ", "2026-11-29T03:30:00.000Z"],
    ["0 0 13 * FRI", "2026-12-04T00:00:00.000Z"],
    ["@hourly", "2026-11-28T11:00:00.000Z"],
    ["@daily", "2026-11-29T00:00:00.000Z"],
    ["@midnight", "2026-11-29T00:00:00.000Z"],
    ["@weekly", "2026-11-29T00:00:00.000Z"],
    ["@monthly", "2026-12-01T00:00:00.000Z"],
    ["@yearly", "2027-01-01T00:00:00.000Z"],
    ["@annually", "2027-01-01T00:00:00.000Z"],
    ["@every 5m", "2026-11-28T10:07:03.000Z"],
    ["@every 1h30m", "2026-11-28T11:32:03.000Z"],
    ["@every 1s", "2026-11-28T10:02:04.000Z"],
  ])("reads %j in UTC", (schedule, expected) => {
    expect(next(schedule, "2026-11-28T10:02:03.400Z")).toBe(expected);
  });

  it("returns a time after the given one, not the same", () => {
    expect(next("0 * * * *", "2026-11-28T10:00:00.000Z")).toBe("2026-11-28T11:00:00.000Z");
  });

  it.each([
    "",
    "x",
    "* * * *",
    "* * * * * *",
    "61 * * * *",
    "0 0 31 2 *",
    "@reboot",
    "@every",
    "@every 100ms",
    "@every 5",
    "@every 0s",
    "2026-12-01T00:00:00",
    "TZ=UTC * * * * *",
  ])("refuses %j", (schedule) => {
    expect(() => parseSchedule(schedule)).toThrow(/annotation schedule is .* five fields of cron/);
  });
});

describe("readSchedule", () => {
  it("applies to functions with the topic cron-function", () => {
    expect(readSchedule({ schedule: "@hourly" })).toBeUndefined();
    expect(readSchedule({ topic: "posts", schedule: "@hourly" })).toBeUndefined();
    expect(readSchedule({ topic: "cron-function", schedule: "@hourly" })).toBeDefined();
    expect(readSchedule({ topic: "posts, cron-function", schedule: "@hourly" })).toBeDefined();
  });

  it("refuses a function with the topic and without a schedule", () => {
    expect(() => readSchedule({ topic: "cron-function" })).toThrow(/needs the annotation schedule/);
  });
});
