import type { Message } from "kafkajs";
import { FeedState } from "./feed-state.ts";

const stored = (messages: readonly Message[]) =>
  messages.map(({ key, value }) => ({ key: Buffer.from(String(key)), value: Buffer.from(String(value)) }));

it("reads its own messages, and ignores those of other feeds", () => {
  const [mine, other, restored] = ["twitter/bluesky", "twitter/bluesky2", "twitter/bluesky"].map(
    (key) => new FeedState(key),
  ) as [FeedState, FeedState, FeedState];
  const messages = [
    ...mine.messages("100", 1, ["aaa", "bbb"]),
    ...other.messages("999", 7, ["ccc"]),
    ...mine.messages("200", 2, ["ddd"]),
    ...mine.messages("300", 2, []),
  ];
  for (const message of stored(messages)) restored.add(message);
  expect([restored.cursor, restored.slot]).toEqual(["300", 2]);
  expect(["aaa", "bbb", "ccc", "ddd"].map((hash) => restored.recent.has(hash))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

it("ignores tombstones and invalid JSON", () => {
  const state = new FeedState("a/b");
  state.add({ key: Buffer.from("a/b"), value: null });
  state.add({ key: null, value: Buffer.from("{}") });
  state.add({ key: Buffer.from("a/b"), value: Buffer.from("{") });
  state.add({ key: Buffer.from("a/b"), value: Buffer.from("null") });
  expect(state.cursor).toBeUndefined();
});
