import { ConfigError } from "../errors/server-errors.ts";
import { kafkaError } from "./kafka-error.ts";

const config = { KAFKA_BROKERS: ["a:9092", "b:9092"] };
const error = (name: string, more: object = {}) => Object.assign(new Error("inside"), { name, ...more });

it.each([
  [
    503,
    "out of reach",
    error("KafkaJSNumberOfRetriesExceeded", {
      retriable: false,
      cause: error("KafkaJSConnectionError", { retriable: true }),
    }),
  ],
  [
    504,
    "late",
    error("KafkaJSNumberOfRetriesExceeded", {
      cause: error("KafkaJSRequestTimeoutError", { retriable: true }),
    }),
  ],
  [504, "given up", new DOMException("late", "TimeoutError")],
  [502, "a refusal", error("KafkaJSSASLAuthenticationError", { retriable: false })],
  [502, "nonsense", "nonsense"],
])("returns %i for an error that is %s", (status, _, cause) => {
  expect(kafkaError(config, cause)).toMatchObject({ status, cause });
  expect(kafkaError(config, cause).message).toContain("KAFKA_BROKERS");
});

it("returns a PlatformError unchanged", () => {
  const own = new ConfigError(["KAFKA_BROKERS is not set"]);
  expect(kafkaError(config, own)).toBe(own);
});
