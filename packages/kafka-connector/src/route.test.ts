import * as v from "valibot";
import { routeList, routesFromAnnotations, routesFromPairs } from "./route.ts";

describe("routesFromAnnotations", () => {
  it("reads the functions with topics, each topic once and in order", () => {
    const functions = [
      { name: "one", annotations: { topic: "b, a,,b " } },
      { name: "none", annotations: { topic: " , " } },
      { name: "other", annotations: { com: "x" } },
      { name: "bare", annotations: null },
      { name: "absent" },
    ];
    expect(routesFromAnnotations(functions, { batchSize: 1, envelope: false })).toEqual([
      { functionName: "one", topics: ["a", "b"], batchSize: 1, envelope: false },
    ]);
  });

  it("ignores the topic cron-function, which is for schedules", () => {
    const functions = [
      { name: "scheduled", annotations: { topic: "cron-function", schedule: "@hourly" } },
      { name: "both", annotations: { topic: "posts, cron-function", schedule: "@hourly" } },
    ];
    expect(routesFromAnnotations(functions, { batchSize: 1, envelope: false })).toEqual([
      { functionName: "both", topics: ["posts"], batchSize: 1, envelope: false },
    ]);
  });

  it.each([
    ["500", 500],
    ["10000", 10_000],
    ["10001", 7],
    ["0", 7],
    ["-1", 7],
    ["2.5", 7],
    ["many", 7],
    ["", 7],
    [undefined, 7],
  ])("reads kafka-batch-size %j as %d, with 7 as the default", (size, batchSize) => {
    const annotations = { topic: "a", ...(size === undefined ? {} : { "kafka-batch-size": size }) };
    expect(
      routesFromAnnotations([{ name: "one", annotations }], { batchSize: 7, envelope: false }),
    ).toMatchObject([{ batchSize }]);
  });

  it.each([
    ["true", false, true],
    ["false", true, false],
    ["yes", true, true],
    ["", false, false],
    [undefined, true, true],
  ])("reads kafka-envelope %j with the default %j as %j", (asked, byDefault, envelope) => {
    const annotations = { topic: "a", ...(asked === undefined ? {} : { "kafka-envelope": asked }) };
    const defaults = { batchSize: 1, envelope: byDefault };
    expect(routesFromAnnotations([{ name: "one", annotations }], defaults)).toMatchObject([{ envelope }]);
  });
});

it("creates one route for each function", () => {
  const pairs = [
    ["b", "one"],
    ["a", "one"],
    ["a", "two"],
    ["a", "one"],
  ] as const;
  expect(routesFromPairs(pairs, { batchSize: 5, envelope: true })).toEqual([
    { functionName: "one", topics: ["a", "b"], batchSize: 5, envelope: true },
    { functionName: "two", topics: ["a"], batchSize: 5, envelope: true },
  ]);
});

describe("routeList", () => {
  it("reads pairs", () => {
    expect(v.parse(routeList(), "a=one, b.c-d=two_2")).toEqual([
      ["a", "one"],
      ["b.c-d", "two_2"],
    ]);
  });

  it.each(["a", "a=", "=one", "a=b=c", "a=one,", "a b=one", "a=../x"])("refuses %j", (text) => {
    expect(v.safeParse(routeList(), text).success).toBe(false);
  });
});
