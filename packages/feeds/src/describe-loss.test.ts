import { describeLoss } from "./describe-loss.ts";
import { SocketClosedError, TimelineClosedError } from "./errors.ts";

const withCode = (code: string) => Object.assign(new Error("x"), { code });

it.each([
  [withCode("ENOTFOUND"), "cannot reach bsky.test: unknown host name; is the internet reachable?"],
  [
    new TypeError("fetch failed", { cause: withCode("ECONNREFUSED") }),
    "cannot reach bsky.test: connection refused",
  ],
  [
    new AggregateError([withCode("ENETUNREACH")]),
    "cannot reach bsky.test: the network is unreachable; is the internet reachable?",
  ],
  [
    new Error("Unexpected server response: 429\nmore"),
    "cannot reach bsky.test: Unexpected server response: 429",
  ],
  [
    new SocketClosedError({ host: "bsky.test", code: 1001, reason: "going away" }),
    "bsky.test closed the connection (1001: going away)",
  ],
  [
    new TimelineClosedError({ host: "m.test", status: 422, hasToken: false }),
    "m.test shows its public timeline to members only (422): set MASTODON_TOKEN_SECRET_NAME, or choose another instance",
  ],
])("describes the loss: %s", (error, sentence) => {
  expect(describeLoss("bsky.test", error)).toBe(sentence);
});
