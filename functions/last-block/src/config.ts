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
    "maximum number of blocks that one of several nodes may lag behind the best",
    integer({ fallback: 3, min: 0, max: 1_000_000, unit: "blocks" }),
  ),
  GETH_RECHECK: setting(
    "how long the chain id of a node (with GETH_CHAIN_ID) and the state of each of several nodes are cached",
    duration("5s"),
  ),
  GETH_HEAD_TIMEOUT: setting(
    "time without a new block after which the subscription of a ws or wss endpoint counts as dead",
    positiveDuration("1m"),
  ),
  GETH_BATCH_SIZE: setting(
    "most calls in one request to a node; a node that refuses such a batch gets smaller ones, down to single calls",
    integer({ fallback: 100, min: 1, max: 1_000, unit: "calls" }),
  ),
  GETH_MAX_ANSWER_BYTES: setting(
    "largest answer of a node, summed over all batches of a call; processing takes about twenty times as much memory",
    integer({ fallback: 8_000_000, min: 10_000, max: 100_000_000, unit: "bytes" }),
  ),
  GETH_CACHE: setting(
    "how long a mutable answer, such as the latest block, is cached: a fraction of the block time; 0ms turns the cache off",
    duration("250ms"),
  ),
  MAX_COUNT: setting("largest count", integer({ fallback: 500, min: 1, max: 10_000, unit: "headers" })),
});

/** The parsed settings of last-block. */
export type Config = ReturnType<typeof readConfig>;

function chainId() {
  const schema = v.pipe(
    v.string(),
    v.regex(/^[1-9]\d{0,14}$/, "must be a whole number above 0"),
    v.transform(Number),
  );
  return withFacts(schema, { values: "a whole number above 0" });
}
