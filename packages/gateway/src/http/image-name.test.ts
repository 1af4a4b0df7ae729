import { imageName } from "./image-name.ts";

describe("imageName", () => {
  it.each([
    ["serverless-data-platform/sentiment:0.1.0", "sentiment"],
    ["registry.example.com:5000/me/last-block:1", "last-block"],
    ["tweet-enrich", "tweet-enrich"],
  ])("of %s is %s", (image, name) => {
    expect(imageName(image)).toBe(name);
  });
});
