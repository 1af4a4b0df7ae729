import { ConfigError } from "@platform/shared/errors/server-errors";
import { readClusterConfig } from "./config.ts";

describe("readClusterConfig", () => {
  it("rejects UI_READ_ONLY=false without a login", () => {
    const env = { NAMESPACE: "data", UI_READ_ONLY: "false" };
    expect(() => readClusterConfig(env)).toThrow(
      new ConfigError([
        "UI_READ_ONLY=false needs BASIC_AUTH_DIR: without a login, everybody could make changes",
      ]),
    );
    expect(readClusterConfig({ ...env, BASIC_AUTH_DIR: "/login" }).UI_READ_ONLY).toBe(false);
  });

  it("rejects other values of UI_READ_ONLY", () => {
    expect(() => readClusterConfig({ NAMESPACE: "data", UI_READ_ONLY: "no" })).toThrow(
      new ConfigError(["UI_READ_ONLY must be true or false"]),
    );
  });
});
