import { findConfigProblems } from "@platform/shared/testing/find-config-problems";
import { readConnectorConfig } from "./config.ts";

const required = { KAFKA_BROKERS: "kafka:9092", GATEWAY_URL: "http://gateway:8080" };

it("requires the brokers and the gateway", () => {
  expect(readConnectorConfig(required)).toMatchObject({
    KAFKA_BROKERS: ["kafka:9092"],
    GATEWAY_URL: "http://gateway:8080",
    GROUP_PREFIX: "kafka-connector",
    SESSION_TIMEOUT: 10_000,
    BATCH_SIZE: 1,
    BATCH_BYTES: 800_000,
    REFRESH: 10_000,
    CALL_TIMEOUT: 60_000,
    RETRY_MAX_PAUSE: 30_000,
    SHUTDOWN_TIMEOUT: 35_000,
    PORT: 8082,
  });
  expect(findConfigProblems(readConnectorConfig, {})).toEqual(
    expect.arrayContaining(["KAFKA_BROKERS is not set", "GATEWAY_URL is not set"]),
  );
});

it.each([
  ["KAFKA_BROKERS", "kafka", "must be host:port, several separated by commas"],
  ["GATEWAY_URL", "gateway:8080", "must be an http or https URL"],
  ["ROUTES", "twitter", "must be topic=function, several separated by commas"],
  ["GROUP_PREFIX", "a b", "must be letters, digits, dots, hyphens and underscores"],
  ["BATCH_SIZE", "10001", "must be a whole number from 1 to 10000"],
  ["BATCH_BYTES", "0", "must be a whole number from 1 to 100000000"],
  ["REFRESH", "soon", "must be a duration such as 500ms, 5s or 1m30s"],
  ["REFRESH", "0s", "must be more than 0"],
  ["CALL_TIMEOUT", "0ms", "must be more than 0"],
  ["KAFKA_CA_SECRET_NAME", "ca", "needs KAFKA_TLS=true"],
])("refuses %s=%s", (name, value, problem) => {
  expect(findConfigProblems(readConnectorConfig, { ...required, [name]: value })).toEqual([
    `${name} ${problem}`,
  ]);
});
