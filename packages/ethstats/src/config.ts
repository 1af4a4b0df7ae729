import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import { duration, integer, text } from "@platform/shared/config/settings";
import * as v from "valibot";

/** The settings of the server. */
export const readConfig = configReader({
  WS_SECRET: setting("secret that a node needs in order to report", nodeSecret()),
  HELLO_TIMEOUT: setting("how long a connection may take to introduce itself", duration("5s")),
  SILENCE_LIMIT: setting(
    "how long a node may be silent before it counts as offline; Geth reports every 15 seconds",
    duration("45s"),
  ),
  FORGET_AFTER: setting("how long an offline node stays in the list", duration("60m")),
  MAX_NODES: setting(
    "most nodes in the list; a full list refuses new ones with close code 1013",
    integer({ fallback: 200, min: 1, max: 500, unit: "nodes" }),
  ),
  MAX_MESSAGE_BYTES: setting(
    "largest message of a node; a block with 6,000 transactions takes half of the default",
    integer({ fallback: 1_000_000, min: 1_000, max: 15_000_000, unit: "bytes" }),
  ),
  MAX_EVENT_CLIENTS: setting(
    "most simultaneous readers of /api/events",
    integer({ fallback: 100, min: 1, max: 1_000, unit: "readers" }),
  ),
  ...serviceSettings({ port: 3000 }),
});

/** The settings of the server, as they were read. */
export type Config = ReturnType<typeof readConfig>;

/** Geth takes what follows the last colon of NAME:SECRET for the secret. */
function nodeSecret() {
  const schema = v.pipe(text(), v.regex(/^[^:]+$/, "must not have a colon in it"));
  return withFacts(schema, { values: "text without a colon" });
}
