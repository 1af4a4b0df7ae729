import { findConfigProblems } from "../testing/find-config-problems.ts";
import { configReader } from "./config-reader.ts";
import { choice, duration, flag, headerName, httpUrl, integer, secretName } from "./settings.ts";

const read = configReader({
  URL: httpUrl(),
  COUNT: integer({ fallback: 3, min: 1, max: 9 }),
  SWITCH: flag(),
  KIND: choice(["a", "b"], "a"),
  TIMEOUT: duration("5s"),
  SECRET: secretName(),
  HEADER: headerName("Hmac"),
});

describe("configReader", () => {
  it("returns defaults for unset and empty settings", () => {
    expect(read({ URL: "http://node:8545", COUNT: "" })).toEqual({
      URL: "http://node:8545",
      COUNT: 3,
      SWITCH: false,
      KIND: "a",
      TIMEOUT: 5000,
      SECRET: undefined,
      HEADER: "hmac",
    });
  });

  it("reads settings", () => {
    const env = {
      URL: "https://u:p@node",
      COUNT: "9",
      SWITCH: "true",
      KIND: "b",
      TIMEOUT: "250ms",
      SECRET: "key",
      HEADER: "X-Sig",
    };
    expect(read(env)).toEqual({
      URL: "https://u:p@node",
      COUNT: 9,
      SWITCH: true,
      KIND: "b",
      TIMEOUT: 250,
      SECRET: "key",
      HEADER: "x-sig",
    });
  });

  it("reports all problems, without values", () => {
    const env = {
      COUNT: "10",
      SWITCH: "yes",
      KIND: "hunter2",
      TIMEOUT: "5",
      SECRET: "../key",
      HEADER: "a b",
    };
    expect(findConfigProblems(read, env)).toEqual([
      "URL is not set",
      "COUNT must be a whole number from 1 to 9",
      "SWITCH must be true or false",
      "KIND must be one of a, b",
      "TIMEOUT must be a duration such as 500ms, 5s or 1m30s",
      "SECRET must be the name of a secret",
      "HEADER must be the name of a header",
    ]);
  });

  it.each(["node:8545", "ftp://node", "http://"])("refuses %s as the URL of an HTTP server", (URL) => {
    expect(findConfigProblems(read, { URL })).toEqual(["URL must be an http or https URL"]);
  });
});
