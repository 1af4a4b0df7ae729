import { configReader } from "@platform/shared/config/config-reader";
import { functionSettings } from "@platform/shared/config/function-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import { duration, integer, nodeUrls, positiveDuration } from "@platform/shared/config/settings";
import * as v from "valibot";

/** The settings of last-block. */
export const readConfig = configReader({
  ...functionSettings,
  GETH_RPC_ENDPOINT: setting(
    "JSON-RPC endpoints of one or more Ethereum nodes, the preferred one first; ws and wss subscribe to new heads",
    v.optional(nodeUrls(), "http://eth-geth-tx:8545"),
  ),
  GETH_CHAIN_ID: setting("chain that the nodes must belong to", v.optional(chainId()), { unset: "any" }),
  GETH_TIMEOUT: setting("time limit for the answer of one node", duration("5s")),
  GETH_TOTAL_TIMEOUT: setting(
    "time limit for all nodes together, for each call; keep it below exec_timeout",
    duration("8s"),
  ),
  GETH_MAX_LAG: setting(
    "how far a node may be behind the best of several",
    integer({ fallback: 3, min: 0, max: 1_000_000, unit: "blocks" }),
  ),
  GETH_RECHECK: setting(
    "how long a node's chain, where GETH_CHAIN_ID is set, and the state of one of several nodes are cached",
    duration("5s"),
  ),
  GETH_HEAD_TIMEOUT: setting(
    "how long a ws or wss endpoint may send no new block; then its subscription counts as dead",
    positiveDuration("1m"),
  ),
  GETH_BATCH_SIZE: setting(
    "most calls in one request to a node; a node that refuses such a batch gets smaller ones, down to single calls",
    integer({ fallback: 100, min: 1, max: 1_000, unit: "calls" }),
  ),
  GETH_MAX_ANSWER_BYTES: setting(
    "largest answer of a node, that of all batches of a call together; processing it takes about twenty times as much memory",
    integer({ fallback: 8_000_000, min: 10_000, max: 100_000_000, unit: "bytes" }),
  ),
  GETH_CACHE: setting(
    "how long an answer that may change, such as the latest block, is cached: a fraction of the block time; 0ms turns the cache off",
    duration("250ms"),
  ),
  MAX_COUNT: setting("largest count", integer({ fallback: 500, min: 1, max: 10_000, unit: "headers" })),
});

/** The settings of last-block as they were read. */
export type Config = ReturnType<typeof readConfig>;

function chainId() {
  const schema = v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,14}$/, "must be a whole number above 0"),
    v.transform(Number),
  );
  return withFacts(schema, { values: "a whole number above 0" });
}
