import { isLoopback } from "./loopback.ts";

it.each(["localhost", "LocalHost", "127.0.0.1", "127.8.0.1", "::1", "[::1]"])("%s is loopback", (host) => {
  expect(isLoopback(host)).toBe(true);
});

it.each([
  "",
  "0.0.0.0",
  "::",
  "10.0.0.1",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "evil.localhost",
])("%j is not loopback", (host) => {
  expect(isLoopback(host)).toBe(false);
});
