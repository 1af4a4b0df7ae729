import { isOfOtherOrigin } from "./request-origin.ts";

describe("isOfOtherOrigin", () => {
  it.each([
    ["a program", {}],
    ["the console's page", { origin: "http://console.example:8080", host: "console.example:8080" }],
    [
      "the console's page at the default port",
      { origin: "http://console.example", host: "console.example:80" },
    ],
    [
      "the console's page behind a proxy with TLS",
      { origin: "https://console.example", host: "console.example" },
    ],
    [
      "the console's page behind a proxy that changes Host",
      { "sec-fetch-site": "same-origin", origin: "https://console.example", host: "gateway:8080" },
    ],
  ])("is false for %s", (_, headers) => {
    expect(isOfOtherOrigin(headers)).toBe(false);
  });

  it.each([
    ["another host", { origin: "http://evil.example", host: "console.example" }],
    ["another port", { origin: "http://console.example:81", host: "console.example" }],
    ["an opaque origin", { origin: "null", host: "null" }],
    ["the same site", { "sec-fetch-site": "same-site" }],
    ["the address bar", { "sec-fetch-site": "none" }],
    ["no host", { origin: "http://evil.example" }],
    [
      "equal Host and Origin, but a cross-site Sec-Fetch-Site",
      { "sec-fetch-site": "cross-site", origin: "http://a", host: "a" },
    ],
  ])("is true for %s", (_, headers) => {
    expect(isOfOtherOrigin(headers)).toBe(true);
  });
});
