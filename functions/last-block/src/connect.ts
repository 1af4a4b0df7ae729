import { withoutUrls } from "@platform/shared/errors/describe-error";
import { createLogger } from "@platform/shared/log/logger";
import { type BlockReader, createBlockReader } from "./block-reader.ts";
import type { Config } from "./config.ts";
import { createEthereumNodes } from "./ethereum-nodes.ts";
import type { Metrics } from "./metrics.ts";

/** Creates the block reader of these settings. */
export function connect(config: Config, { onCall, retried }: Metrics): BlockReader {
  const log = createLogger("last-block", config.LOG_LEVEL);
  const nodes = createEthereumNodes({
    urls: config.GETH_RPC_ENDPOINT,
    timeout: config.GETH_TIMEOUT,
    chainId: config.GETH_CHAIN_ID,
    batchSize: config.GETH_BATCH_SIZE,
    maxBytes: config.GETH_MAX_ANSWER_BYTES,
    maxLag: config.GETH_MAX_LAG,
    recheck: config.GETH_RECHECK,
    headTimeout: config.GETH_HEAD_TIMEOUT,
    onCall,
    onRetry: () => retried("ethereum"),
    onSubscription(node, problem) {
      if (problem === undefined) log.info({ node }, "subscription_started");
      else log.warn({ node, problem: withoutUrls(problem) }, "subscription_lost");
    },
    onChange(node, problem) {
      if (problem === undefined) log.info({ node }, "node_recovered");
      else log.warn({ node, problem: withoutUrls(problem) }, "node_excluded");
    },
  });
  return createBlockReader({ nodes, totalTimeout: config.GETH_TOTAL_TIMEOUT, ttlMs: config.GETH_CACHE });
}
