import { findConfigProblems } from "@platform/shared/testing/find-config-problems";
import { readConfig } from "./config.ts";

it("needs no setting, and has no sink by default", () => {
  expect(readConfig({})).toMatchObject({
    KAFKA_BROKERS: undefined,
    ELASTICSEARCH_URL: undefined,
    SENTIMENT_URL: undefined,
    KAFKA_TOPIC: "twitter-enriched",
    ENRICH_TIMEOUT: 8_000,
  });
});

it("reads brokers as a list", () => {
  const { KAFKA_BROKERS } = readConfig({ KAFKA_BROKERS: "a:9092, 10.0.0.1:9093,[::1]:9094" });
  expect(KAFKA_BROKERS).toEqual(["a:9092", "10.0.0.1:9093", "[::1]:9094"]);
});

it.each([
  [{ KAFKA_BROKERS: "kafka" }, "KAFKA_BROKERS must be host:port, several separated by commas"],
  [{ KAFKA_TOPIC: "a b" }, "KAFKA_TOPIC must be the name of a topic"],
  [{ DEAD_LETTER_TOPIC: "dead" }, "DEAD_LETTER_TOPIC needs KAFKA_BROKERS"],
  [
    { KAFKA_BROKERS: "k:1", KAFKA_TOPIC: "a", DEAD_LETTER_TOPIC: "a" },
    "DEAD_LETTER_TOPIC must not be KAFKA_TOPIC",
  ],
  [
    { ELASTICSEARCH_API_KEY_SECRET_NAME: "a", ELASTICSEARCH_BASIC_SECRET_NAME: "b" },
    "ELASTICSEARCH_API_KEY_SECRET_NAME and ELASTICSEARCH_BASIC_SECRET_NAME exclude each other",
  ],
  [
    { KAFKA_SASL_MECHANISM: "oauth" },
    "KAFKA_SASL_MECHANISM must be one of plain, scram-sha-256, scram-sha-512",
  ],
])("refuses %j", (env, problem) => {
  expect(findConfigProblems(readConfig, env)).toEqual([problem]);
});
