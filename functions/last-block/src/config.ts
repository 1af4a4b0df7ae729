import { configReader } from "@platform/shared/config/config-reader";
import { functionSettings } from "@platform/shared/config/function-settings";
import { duration, httpUrls, integer } from "@platform/shared/config/settings";
import * as v from "valibot";

/** What last-block reads. */
export const readConfig = configReader({
  ...functionSettings,
  /** The JSON-RPC endpoints of Ethereum nodes, with commas; the first is asked as long as it is good. */
  GETH_RPC_ENDPOINT: v.optional(httpUrls(), "http://eth-geth-tx:8545"),
  /** How long one node may take to answer. */
  GETH_TIMEOUT: duration("5s"),
  /** How long all of them may take together for one call; below the platform's exec_timeout. */
  GETH_TOTAL_TIMEOUT: duration("8s"),
  /** The chain that the nodes must be of; unset: any. */
  GETH_CHAIN_ID: v.optional(
    v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/, "must be a whole number above 0"), v.transform(Number)),
  ),
  /** The largest answer of a node in bytes: the memory that the function has limits it. */
  GETH_MAX_ANSWER_BYTES: integer({ fallback: 8_000_000, min: 10_000, max: 100_000_000 }),
  /** How many blocks a node may be behind the best of several. */
  GETH_MAX_LAG: integer({ fallback: 3, min: 0, max: 1_000_000 }),
  /** How long it holds what was found out about one of several nodes: out of reach, behind, well. */
  GETH_RECHECK: duration("5s"),
  /** How long an answer is kept that may change, as that to `latest`; a fraction of the time between blocks. */
  GETH_CACHE: duration("250ms"),
  /** The most headers that `count` may ask for. Geth takes 1,000 calls in a batch; a run needs up to two more. */
  MAX_COUNT: integer({ fallback: 500, min: 1, max: 10_000 }),
});

/** The settings of last-block as they were read. */
export type Config = ReturnType<typeof readConfig>;
