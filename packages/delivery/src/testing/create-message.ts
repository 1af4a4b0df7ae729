import type { Message } from "../message.ts";

/** A message of partition 1 of the topic `orders`, for tests. */
export function createMessage(offset: number, value: string | Buffer = `{"n":${offset}}`): Message {
  return {
    topic: "orders",
    partition: 1,
    offset,
    timestamp: 1_700_000_000_000 + offset,
    key: null,
    value: Buffer.from(value),
    headers: {},
  };
}
