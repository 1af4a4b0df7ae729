import { randomUUID } from "node:crypto";

/** Returns the X-Call-Id of a call if it is safe for headers and logs, otherwise a new id. */
export function readCallId(header: string | string[] | undefined): string {
  return typeof header === "string" && /^[\w.:-]{1,128}$/.test(header) ? header : randomUUID();
}
