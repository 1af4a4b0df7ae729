import * as v from "valibot";
import { logLevel } from "./function-settings.ts";
import { integer } from "./settings.ts";

/** The settings that every long-running service reads, beside its own. */
export function serviceSettings({ port }: { port: number }) {
  return {
    LOG_LEVEL: logLevel(),
    /** Where it listens; unset: every address, IPv6 and IPv4. */
    HOST: v.optional(v.string()),
    /** 0: any free port. */
    PORT: integer({ fallback: port, min: 0, max: 65_535 }),
  };
}
