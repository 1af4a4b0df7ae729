import { parameterChanges } from "./parameter-changes.ts";

const file = [
  { name: "BROKERS", value: "kafka:9092", description: "where" },
  { name: "TOKEN", sensitive: true },
];
const canvas = [
  { name: "BROKERS", value: "other:9092", description: "where" },
  { name: "TOKEN", sensitive: true, value: "********" },
];

it("keeps NiFi's values without an environment variable", () => {
  expect(parameterChanges(file, canvas, {})).toEqual([]);
  expect(parameterChanges(file, canvas, { BROKERS: " ", TOKEN: "" })).toEqual([]);
});

it("sets values of the environment, and a secret each time, because NiFi does not return it", () => {
  expect(parameterChanges(file, canvas, { BROKERS: "new:9092", TOKEN: "secret" })).toEqual([
    { name: "BROKERS", sensitive: false, description: "where", value: "new:9092" },
    { name: "TOKEN", sensitive: true, description: "", value: "secret" },
  ]);
  expect(parameterChanges(file, canvas, { BROKERS: "other:9092" })).toEqual([]);
});

it("sets the file's value for a parameter without a value in NiFi", () => {
  expect(parameterChanges(file, [], {})).toEqual([
    { name: "BROKERS", sensitive: false, description: "where", value: "kafka:9092" },
    { name: "TOKEN", sensitive: true, description: "" },
  ]);
});
