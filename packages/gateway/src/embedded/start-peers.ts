import { join } from "node:path";
import { openConsoleServices } from "../console/console-services.ts";
import type { ConsoleConfig } from "../console/console-settings.ts";
import { ChainNodes } from "../console/ethereum/chain-nodes.ts";
import { chainSource } from "../console/ethereum/chain-source.ts";
import type { Peers } from "../local/gateway.ts";
import { startBulkServer } from "./bulk-server.ts";
import { type StartedChain, startEmbeddedChain } from "./embedded-chain.ts";
import { EmbeddedStore } from "./embedded-store.ts";
import { fundedAccounts } from "./genesis.ts";
import { transferEther } from "./transfer-ether.ts";

/** Options of startPeers. */
export interface PeersOptions {
  /** The parsed settings. */
  config: ConsoleConfig;
  /** The repo's folder. */
  root: string;
  /** The folder of the embedded store. */
  dataFolder: string;
  /** Prints a line for the user. */
  say(line: string): void;
}

/** The services of the functions, embedded if they are not configured. */
export interface StartedPeers extends Peers, AsyncDisposable {
  /** The embedded chain's JSON-RPC endpoint. */
  chainUrl: string | undefined;
  /** The embedded store. */
  store: EmbeddedStore | undefined;
}

/**
 * Starts an embedded chain and store unless external ones are configured. There is no embedded Kafka.
 * @throws ChainError, StoreError
 */
export async function startPeers({ config, root, dataFolder, say }: PeersOptions): Promise<StartedPeers> {
  const { GETH_RPC_ENDPOINT: nodes, ELASTICSEARCH_URL: elasticsearch } = config;
  const store = elasticsearch === undefined ? await EmbeddedStore.open(dataFolder) : undefined;
  const bulk = store === undefined ? undefined : await startBulkServer(store);
  // Started last, because a later failure would leave its process behind.
  let chain: StartedChain | undefined;
  if (nodes === undefined) {
    say("starting the embedded chain (anvil); set GETH_RPC_ENDPOINT to use another node …");
    chain = await startEmbeddedChain({ packageFolder: join(root, "packages", "gateway"), say });
  }
  return {
    settings: {
      GETH_RPC_ENDPOINT: nodes?.join(",") ?? chain?.url,
      ELASTICSEARCH_URL: elasticsearch ?? bulk?.url,
      KAFKA_BROKERS: config.KAFKA_BROKERS?.join(","),
    },
    services: openConsoleServices(config, {
      ...(chain === undefined ? {} : { chain: openEmbeddedChain(chain.url) }),
      ...(store === undefined ? {} : { documents: { store, place: "an SQLite file in DATA_DIR" } }),
    }),
    ...(chain === undefined ? {} : { transfer: transferEther(chain.url, fundedAccounts) }),
    chainUrl: chain?.url,
    store,
    async [Symbol.asyncDispose]() {
      await Promise.all([chain?.[Symbol.asyncDispose](), bulk?.[Symbol.asyncDispose]()]);
    },
  };
}

function openEmbeddedChain(url: string) {
  const nodes = new ChainNodes([url]);
  const about = { kind: "embedded", place: `anvil at ${url}` } as const;
  return { nodes, source: chainSource({ nodes, accounts: fundedAccounts, about, canSend: true }) };
}
