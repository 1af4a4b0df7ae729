import { parameterChanges } from "./parameter-changes.ts";

const file = [
  { name: "BROKERS", value: "kafka:9092", description: "where" },
  { name: "TOKEN", sensitive: true },
];
const canvas = [
  { name: "BROKERS", value: "other:9092", description: "where" },
  { name: "TOKEN", sensitive: true, value: "********" },
];

it("leaves the values that NiFi has as long as the environment has none", () => {
  expect(parameterChanges(file, canvas, {})).toEqual([]);
  expect(parameterChanges(file, canvas, { BROKERS: " ", TOKEN: "" })).toEqual([]);
});

it("takes the environment's, and a secret each time: it cannot be read back", () => {
  expect(parameterChanges(file, canvas, { BROKERS: "new:9092", TOKEN: "secret" })).toEqual([
    { name: "BROKERS", sensitive: false, description: "where", value: "new:9092" },
    { name: "TOKEN", sensitive: true, description: "", value: "secret" },
  ]);
  expect(parameterChanges(file, canvas, { BROKERS: "other:9092" })).toEqual([]);
});

it("takes the file's value for what NiFi does not have", () => {
  expect(parameterChanges(file, [], {})).toEqual([
    { name: "BROKERS", sensitive: false, description: "where", value: "kafka:9092" },
    { name: "TOKEN", sensitive: true, description: "" },
  ]);
});
