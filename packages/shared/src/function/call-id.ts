import { randomUUID } from "node:crypto";

/** The X-Call-Id that a call came with if it is a plain one, fit for headers and logs; else a new one. */
export function callIdOf(header: string | string[] | undefined): string {
  return typeof header === "string" && /^[\w.:-]{1,128}$/.test(header) ? header : randomUUID();
}
