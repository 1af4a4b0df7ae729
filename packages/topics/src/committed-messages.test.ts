import { committedMessages } from "./committed-messages.ts";
import type { FetchedMessage } from "./open-cluster.ts";

const message = (offset: number, producerId: string, isControlRecord = false): FetchedMessage => ({
  offset: String(offset),
  timestamp: "0",
  key: null,
  value: null,
  headers: {},
  isControlRecord,
  batchContext: { producerId, inTransaction: producerId !== "-1" },
});

it("leaves out markers and aborted transactions, also where two of them overlap", () => {
  const messages = [
    message(0, "-1"),
    message(1, "a"),
    message(2, "b"),
    message(3, "c"),
    message(4, "a", true),
    message(5, "a"),
    message(6, "b", true),
    message(7, "b"),
  ];
  const aborted = [
    { producerId: "b", firstOffset: "1" },
    { producerId: "a", firstOffset: "1" },
  ];
  expect([...committedMessages(messages, aborted)].map(({ offset }) => offset)).toEqual(["0", "3", "5", "7"]);
});
