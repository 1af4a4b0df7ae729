import { configReader } from "@platform/shared/config/config-reader";
import { functionSettings } from "@platform/shared/config/function-settings";
import { duration, httpUrl } from "@platform/shared/config/settings";
import * as v from "valibot";

/** What last-block reads. */
export const readConfig = configReader({
  ...functionSettings,
  /** The JSON-RPC endpoint of a Geth node. */
  GETH_RPC_ENDPOINT: v.optional(httpUrl(), "http://eth-geth-tx:8545"),
  /** How long the node may take to answer; below the platform's exec_timeout. */
  GETH_TIMEOUT: duration("5s"),
});
