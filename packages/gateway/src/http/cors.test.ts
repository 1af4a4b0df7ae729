import { configReader } from "@platform/shared/config/config-reader";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { corsOrigins } from "./cors.ts";

const read = configReader({ CORS_ORIGINS: corsOrigins() });

it.each([
  [undefined, undefined],
  ["", undefined],
  ["*", "*"],
  ["https://app.example", new Set(["https://app.example"])],
  ["https://app.example, http://localhost:3000", new Set(["https://app.example", "http://localhost:3000"])],
])("accepts %p", (CORS_ORIGINS, origins) => {
  expect(read({ CORS_ORIGINS }).CORS_ORIGINS).toEqual(origins);
});

it.each([
  "app.example",
  "https://app.example/",
  "https://app.example/path",
  "https://APP.example",
  "https://app.example:443",
  "https://user@app.example",
  "https://*.app.example",
  "ftp://app.example",
  "null",
  "*, https://app.example",
  "https://app.example,",
])("rejects %p, which no browser sends as an origin", (CORS_ORIGINS) => {
  expect(() => read({ CORS_ORIGINS })).toThrow(ConfigError);
});
