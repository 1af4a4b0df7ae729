import { findRetryAfter, parseRetryAfter } from "./retry-after.ts";

const now = Date.parse("2026-11-28T12:00:00Z");

it.each([
  ["7", 7],
  [" 0 ", 1],
  ["1.2", 2],
  ["99999999999999", 3_600],
  ["Sat, 28 Nov 2026 12:00:30 GMT", 30],
  ["Sat, 28 Nov 2026 11:00:00 GMT", 1],
  ["Mon, 28 Nov 2039 12:00:00 GMT", 3_600],
  ["soon", undefined],
  ["-5", undefined],
  ["", undefined],
  [undefined, undefined],
])("reads the header %p as %p seconds", (header, seconds) => {
  expect(parseRetryAfter(header, now)).toBe(seconds);
});

it.each([
  ["Too many requests, reason: call rate limit exhausted, retry in 10m0s", 600],
  ["rate limited, please retry in 2s.", 2],
  ["Try again in 30 seconds", 30],
  ["please wait 1 minute", 60],
  ["retry after 1500ms", 2],
  ["retry in 9h", 3_600],
  ["too many requests, try again later", undefined],
  ["the 3rd retry failed", undefined],
])("finds in the message %p a wait of %p seconds", (message, seconds) => {
  expect(findRetryAfter(message)).toBe(seconds);
});
