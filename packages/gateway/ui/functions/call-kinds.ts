import type { CallKind } from "../../src/console/functions/view.ts";

/** The names of the kinds of calls. */
export const callKinds: Readonly<Record<CallKind, string>> = {
  sync: "synchronous",
  async: "asynchronous",
  scheduled: "scheduled",
};
