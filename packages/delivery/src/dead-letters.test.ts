import { deadLetterTopic } from "./dead-letters.ts";

it("names the dead-letter topic after the topic", () => {
  expect(deadLetterTopic("twitter")).toBe("twitter.dead-letter");
});
