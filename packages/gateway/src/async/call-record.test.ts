import type { AcceptedCall } from "./accepted-call.ts";
import { CallRecordError, decodeCall, encodeCall } from "./call-record.ts";

const call: AcceptedCall = {
  name: "sentiment",
  method: "POST",
  url: "/below?engine=afinn",
  headers: { "content-type": "text/plain", "content-encoding": "gzip", "set-cookie": ["a", "b"] },
  body: Buffer.from([0, 255, 31, 139]),
  callbackUrl: "http://127.0.0.1:1/result",
  callId: "call-1",
  startTime: "1539202764000000000",
};

it.each([
  ["a call", call],
  ["a call without body and callback", { ...call, body: undefined, callbackUrl: undefined }],
])("restores %s", (_, written) => {
  expect(decodeCall(encodeCall(written))).toEqual(written);
});

it("stores no credentials", () => {
  const headers = { authorization: "Bearer a", cookie: "b", "proxy-authorization": "c", hmac: "sha256=d" };
  expect(decodeCall(encodeCall({ ...call, headers })).headers).toEqual({ hmac: "sha256=d" });
});

const changed = (change: object) => JSON.stringify({ ...JSON.parse(encodeCall(call)), ...change });

it.each([
  ["no JSON", "garbage"],
  ["an empty text, as a tombstone has", ""],
  ["JSON of another kind", "[1]"],
  ["another version", changed({ version: 2 })],
  ["a path to another host", changed({ path: "http://10.0.0.1/" })],
  ["an invalid method", changed({ method: "GET /x" })],
  ["a body that is not base64", changed({ body: "%" })],
  ["a call id that is invalid in a header", changed({ callId: "a\r\nb" })],
])("refuses %s", (_, text) => {
  expect(() => decodeCall(text)).toThrow(CallRecordError);
});
