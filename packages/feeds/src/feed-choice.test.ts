import { parseFeedChoice } from "./feed-choice.ts";

it.each([
  ["bluesky", { network: "bluesky", words: [] }],
  ["bluesky=kafka, big data,#k8s", { network: "bluesky", words: ["kafka", "big data", "#k8s"] }],
  ["bluesky=a=b", { network: "bluesky", words: ["a=b"] }],
  ["mastodon=mastodon.social", { network: "mastodon", server: new URL("https://mastodon.social/") }],
  ["mastodon=https://m.example:8443", { network: "mastodon", server: new URL("https://m.example:8443/") }],
  ["mastodon=http://127.0.0.1:1", { network: "mastodon", server: new URL("http://127.0.0.1:1/") }],
])("reads %s", (text, choice) => {
  expect(parseFeedChoice(text)).toEqual(choice);
});

it.each([
  "",
  "twitter",
  "bluesky=",
  "Bluesky",
  "mastodon",
  "mastodon=",
  "mastodon=user:secret@m.example",
  "mastodon=m.example/path",
  "mastodon=a b",
])("refuses %j", (text) => {
  expect(parseFeedChoice(text)).toBeUndefined();
});
