import { isTransient, NifiAnswerError, NifiUnreachableError } from "./nifi-error.ts";

const answer = (status: number, reason = "") => new NifiAnswerError({ host: "nifi:8443", status, reason });

it.each([
  [503, ""],
  [409, "Cannot replicate the request: Cluster is still in the process of voting on the flow"],
  [409, "The Flow Controller is initializing the Data Flow."],
  [500, "Action was performed, but no nodes are connected."],
])("retries after %d %s", (status, reason) => {
  expect(isTransient(answer(status, reason))).toBe(true);
});

it.each([
  [400, "Unable to parse the flow"],
  [409, "The component is running"],
  [500, "An unexpected error has occurred."],
])("does not retry after %d %s", (status, reason) => {
  expect(isTransient(answer(status, reason))).toBe(false);
});

it("retries while nothing listens, but not for an unknown host", () => {
  const unreachable = (code: string) => new NifiUnreachableError({ host: "h", code, cause: undefined });
  expect(isTransient(unreachable("ECONNREFUSED"))).toBe(true);
  expect(isTransient(unreachable("ENOTFOUND"))).toBe(false);
});
