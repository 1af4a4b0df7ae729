import { findConfigProblems } from "@platform/shared/testing/find-config-problems";
import { hasLogin, readNifiConfig } from "./config.ts";

it("needs no login over http, and drops the path that a browser shows", () => {
  const config = readNifiConfig({ NIFI_URL: "http://127.0.0.1:8080/nifi/" });
  expect(config).toEqual({ NIFI_URL: "http://127.0.0.1:8080" });
  expect(hasLogin(config)).toBe(false);
});

it("reads a login with a password or a password file", () => {
  const env = { NIFI_URL: "https://nifi.data:8443", NIFI_USERNAME: "ada" };
  const config = readNifiConfig({ ...env, NIFI_PASSWORD: "secret", NIFI_CA_FILE: "ca.pem" });
  expect(config).toEqual({ ...env, NIFI_PASSWORD: "secret", NIFI_CA_FILE: "ca.pem" });
  expect(hasLogin(config)).toBe(true);
  expect(readNifiConfig({ ...env, NIFI_PASSWORD_FILE: "password" })).toEqual({
    ...env,
    NIFI_PASSWORD_FILE: "password",
  });
});

it("reports every invalid setting", () => {
  expect(findConfigProblems(readNifiConfig, {})).toEqual([
    "NIFI_USERNAME is not set",
    "neither NIFI_PASSWORD nor NIFI_PASSWORD_FILE is set",
  ]);
  expect(findConfigProblems(readNifiConfig, { NIFI_URL: "http://nifi/other/path" })).toEqual([
    "NIFI_URL must be an http or https URL without a path",
  ]);
});
