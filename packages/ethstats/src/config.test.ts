import { findConfigProblems } from "@platform/shared/testing/find-config-problems";
import { readConfig } from "./config.ts";

it("requires only a secret", () => {
  const { LOG_LEVEL, HOST, ...rest } = readConfig({ WS_SECRET: "hush" });
  expect(rest).toEqual({
    PORT: 3000,
    WS_SECRET: "hush",
    HELLO_TIMEOUT: 5_000,
    SILENCE_LIMIT: 45_000,
    FORGET_AFTER: 3_600_000,
    MAX_NODES: 200,
    MAX_MESSAGE_BYTES: 1_000_000,
    MAX_HISTORY_BYTES: 15_000_000,
    MAX_EVENT_CLIENTS: 100,
  });
});

it.each([
  [{}, "WS_SECRET is not set"],
  [{ WS_SECRET: "" }, "WS_SECRET is not set"],
  [{ WS_SECRET: "a:b" }, "WS_SECRET must not contain a colon"],
])("refuses %j", (env, problem) => {
  expect(findConfigProblems(readConfig, env)).toEqual([problem]);
});
