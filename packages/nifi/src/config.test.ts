import type { ConfigError } from "@platform/shared/errors/server-errors";
import { readNifiConfig } from "./config.ts";

const problemsOf = (env: Record<string, string>) => {
  try {
    readNifiConfig(env);
  } catch (error) {
    return (error as ConfigError).problems;
  }
  return [];
};

it("needs no login over http, and drops what a browser adds to the address", () => {
  expect(readNifiConfig({ NIFI_URL: "http://127.0.0.1:8080/nifi/" })).toEqual({
    url: "http://127.0.0.1:8080",
  });
});

it("reads a login with its password, or the file that has it", () => {
  const env = { NIFI_URL: "https://nifi.data:8443", NIFI_USERNAME: "ada" };
  expect(readNifiConfig({ ...env, NIFI_PASSWORD: "secret", NIFI_CA_FILE: "ca.pem" })).toEqual({
    url: "https://nifi.data:8443",
    login: { username: "ada", password: "secret" },
    caFile: "ca.pem",
  });
  expect(readNifiConfig({ ...env, NIFI_PASSWORD_FILE: "password" }).login).toEqual({
    username: "ada",
    passwordFile: "password",
  });
});

it("names all that is wrong", () => {
  expect(problemsOf({})).toEqual([
    "NIFI_USERNAME is not set",
    "neither NIFI_PASSWORD nor NIFI_PASSWORD_FILE is set",
  ]);
  expect(problemsOf({ NIFI_URL: "http://nifi/other/path" })).toEqual([
    "NIFI_URL must be an http or https URL without a path",
  ]);
});
