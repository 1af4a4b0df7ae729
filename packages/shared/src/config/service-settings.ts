import * as v from "valibot";
import { logSettings } from "./function-settings.ts";
import { setting } from "./setting.ts";
import { integer } from "./settings.ts";

/** The settings that every long-running service reads, in addition to its own. */
export function serviceSettings({ port }: { port: number }) {
  return {
    PORT: setting(
      "port that it listens on; 0 picks a free one",
      integer({ fallback: port, min: 0, max: 65_535 }),
    ),
    HOST: setting("address that it listens on", v.optional(v.string()), {
      unset: "every address, IPv6 and IPv4",
    }),
    ...logSettings,
  };
}
