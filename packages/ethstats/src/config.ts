import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { duration, integer } from "@platform/shared/config/settings";
import * as v from "valibot";

/** What the server reads. */
export const readConfig = configReader({
  ...serviceSettings({ port: 3000 }),
  /** What a node must know to report. Geth takes what follows the last colon of NAME:SECRET for the secret. */
  WS_SECRET: v.pipe(v.string("is not set"), v.regex(/^[^:]+$/, "must not have a colon in it")),
  /** How long a connection may take to say who it is. */
  HELLO_TIMEOUT: duration("5s"),
  /** How long a node may say nothing before it counts as gone. Geth reports every 15 seconds. */
  SILENCE_LIMIT: duration("45s"),
  /** How long a node that is gone stays in the list. */
  FORGET_AFTER: duration("60m"),
  /** The most nodes in the list. */
  MAX_NODES: integer({ fallback: 200, min: 1, max: 500 }),
  /** The largest message of a node. A block with 6,000 transactions takes half of the default. */
  MAX_MESSAGE_BYTES: integer({ fallback: 1_000_000, min: 1_000, max: 15_000_000 }),
  /** The most readers of events at once. */
  MAX_EVENT_CLIENTS: integer({ fallback: 100, min: 1, max: 1_000 }),
});

/** What readConfig gives. */
export type Config = ReturnType<typeof readConfig>;

/** What `--help` prints. */
export const usage = `Usage: WS_SECRET=SECRET node main.cjs

The server that Geth nodes report to (geth --ethstats NAME:SECRET@HOST:PORT): a page at /, JSON at /api/nodes.

Settings, from the environment:
  WS_SECRET          what a node must know to report; required, without a colon
  HELLO_TIMEOUT      how long a connection may take to say who it is (default 5s)
  SILENCE_LIMIT      how long a node may say nothing before it counts as gone (default 45s)
  FORGET_AFTER       how long a node that is gone stays in the list (default 60m)
  MAX_NODES          the most nodes in the list (default 200)
  MAX_MESSAGE_BYTES  the largest message of a node (default 1000000)
  MAX_EVENT_CLIENTS  the most readers of /api/events at once (default 100)
  PORT, HOST         where to listen (default 3000, every address)
  LOG_LEVEL          trace, debug, info, warn, error or silent (default info)
`;
