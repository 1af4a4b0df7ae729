import * as v from "valibot";
import { routeList, routesOfFunctions, routesOfPairs } from "./route.ts";

describe("routesOfFunctions", () => {
  it("takes the functions that name topics, each topic once and in order", () => {
    const functions = [
      { name: "one", annotations: { topic: "b, a,,b " } },
      { name: "none", annotations: { topic: " , " } },
      { name: "other", annotations: { com: "x" } },
      { name: "bare", annotations: null },
      { name: "absent" },
    ];
    expect(routesOfFunctions(functions, 1)).toEqual([
      { functionName: "one", topics: ["a", "b"], batchSize: 1 },
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
  ])("reads kafka-batch-size %j as %d where 7 is the default", (size, batchSize) => {
    const annotations = { topic: "a", ...(size === undefined ? {} : { "kafka-batch-size": size }) };
    expect(routesOfFunctions([{ name: "one", annotations }], 7)).toMatchObject([{ batchSize }]);
  });
});

it("makes one route a function of pairs", () => {
  const pairs = [
    ["b", "one"],
    ["a", "one"],
    ["a", "two"],
    ["a", "one"],
  ] as const;
  expect(routesOfPairs(pairs, 5)).toEqual([
    { functionName: "one", topics: ["a", "b"], batchSize: 5 },
    { functionName: "two", topics: ["a"], batchSize: 5 },
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
