import { peerError, toHost } from "./peer-error.ts";

const peer = { setting: "PEER_URL", host: "peer:1" };
const toStatus = (cause: unknown) => peerError(peer, cause).status;
const withCode = (code: string) => Object.assign(new Error(code), { code });

it.each([
  [503, withCode("ECONNREFUSED")],
  [503, new Error("outer", { cause: withCode("ENOTFOUND") })],
  [503, new AggregateError([withCode("ECONNREFUSED"), withCode("ENETUNREACH")])],
  [503, Object.assign(new Error("busy"), { response: { statusCode: 429 } })],
  [504, withCode("ETIMEDOUT")],
  [504, new DOMException("late", "TimeoutError")],
  [502, Object.assign(new Error("denied"), { response: { statusCode: 401 } })],
  [502, new SyntaxError("not JSON")],
  [502, "nonsense"],
])("returns %s for %p", (status, cause) => {
  expect(toStatus(cause)).toBe(status);
});

it("contains the setting and the host, not the cause", () => {
  expect(peerError(peer, withCode("EPIPE")).message).toBe("PEER_URL: peer:1 is out of reach or busy.");
  expect(toHost("http://user:password@node:8545/key")).toBe("node:8545");
});
