import { parseTweet } from "../parse-tweet.ts";

const note = {
  "@context": "https://www.w3.org/ns/activitystreams",
  id: "https://mastodon.example/users/ada/statuses/103270115826048975",
  type: "Note",
  published: "2019-12-08T03:48:33Z",
  attributedTo: "https://mastodon.example/users/ada",
  content: "<p>People are <b>kind</b></p>",
};

it("reads a note with the id that the status has in Mastodon's API", () => {
  expect(parseTweet(note)).toEqual({
    id: note.id,
    text: "People are kind",
    createdAt: new Date(note.published),
    version: Date.parse(note.published),
    handle: note.attributedTo,
    user: undefined,
  });
});

it("has a newer version after an edit", () => {
  expect(parseTweet({ ...note, updated: "2019-12-09T10:00:00Z" })).toMatchObject({
    version: Date.parse("2019-12-09T10:00:00Z"),
  });
});

it.each([
  ["another type", { ...note, type: "Person" }],
  ["no content", { ...note, content: null }],
])("finds no post in %s", (_, value) => {
  expect(parseTweet(value)).toBeUndefined();
});
