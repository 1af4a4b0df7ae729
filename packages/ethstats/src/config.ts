import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import { duration, httpUrl, integer, text } from "@platform/shared/config/settings";
import * as v from "valibot";

/** The settings of the server. */
export const readConfig = configReader({
  WS_SECRET: setting("shared secret of the nodes", nodeSecret()),
  HELLO_TIMEOUT: setting("time within which a connection must send its hello", duration("5s")),
  SILENCE_LIMIT: setting(
    "time without messages after which a node is offline; clients report every 1 to 15 seconds",
    duration("45s"),
  ),
  FORGET_AFTER: setting("time for which an offline node stays in the list", duration("60m")),
  MAX_NODES: setting(
    "maximum number of nodes; when all of them are online, another is refused with close code 1013",
    integer({ fallback: 200, min: 1, max: 500, unit: "nodes" }),
  ),
  MAX_MESSAGE_BYTES: setting(
    "largest message of a node; a block with 6,000 transactions takes half of the default",
    integer({ fallback: 1_000_000, min: 1_000, max: 15_000_000, unit: "bytes" }),
  ),
  MAX_HISTORY_BYTES: setting(
    "largest answer to a request for blocks; 50 blocks with 3,000 transactions each take 12 MB",
    integer({ fallback: 15_000_000, min: 1_000, max: 50_000_000, unit: "bytes" }),
  ),
  MAX_EVENT_CLIENTS: setting(
    "maximum number of simultaneous readers of /api/events",
    integer({ fallback: 100, min: 1, max: 1_000, unit: "readers" }),
  ),
  CONSOLE_PAGE: setting(
    "URL of the console (/ui/ of the gateway), for a link on the page",
    v.optional(httpUrl()),
    {
      unset: "no link",
    },
  ),
  ...serviceSettings({ port: 3000 }),
});

/** The parsed settings of the server. */
export type Config = ReturnType<typeof readConfig>;

/** Clients split NAME:SECRET at the first or at the last colon, so the secret must not contain one. */
function nodeSecret() {
  const schema = v.pipe(text(), v.regex(/^[^:]+$/, "must not contain a colon"));
  return withFacts(schema, { values: "text without a colon" });
}
