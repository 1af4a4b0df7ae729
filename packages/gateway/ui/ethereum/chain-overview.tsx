import type { NetworkView } from "../../src/console/ethereum/view.ts";
import { Figures } from "../parts/figures.tsx";
import { countText } from "../parts/format.ts";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Failed, Loading } from "../parts/states.tsx";
import { useConnection, useLive } from "../shell/live-events.ts";
import type { Query } from "../shell/use-query.ts";
import { AccountsPanel } from "./accounts-panel.tsx";
import { shortGasPriceText } from "./amounts.ts";
import { BlockTimePanel } from "./block-time-panel.tsx";
import { BlocksPanel } from "./blocks-panel.tsx";
import { ConsensusPanel } from "./consensus-panel.tsx";
import { NodesPanel } from "./nodes-panel.tsx";

/** The overview of the chain: latest blocks, consensus, accounts and nodes. */
export function ChainOverview({ network, query }: { network: Query<NetworkView>; query: URLSearchParams }) {
  const { data: networkView, error, isLoading, reload } = network;
  return (
    <>
      {error !== undefined && <Failed error={error} retry={reload} />}
      {networkView === undefined && error === undefined && isLoading && <Loading />}
      {networkView !== undefined && (
        <>
          <ChainFigures network={networkView} />
          <div class="eth-columns">
            <BlocksPanel before={query.get("before") ?? undefined} />
            <div class="eth-side">
              <ConsensusPanel />
              <BlockTimePanel />
              <AccountsPanel />
            </div>
          </div>
          {networkView.consensus !== "development chain" && <NodesPanel network={networkView} />}
        </>
      )}
    </>
  );
}

function ChainFigures({ network }: { network: NetworkView }) {
  const live = useLive("chain");
  const isLost = useConnection() === "lost";
  const latest = live?.blocks[0];
  const seconds = live?.deltas.map((delta) => delta.seconds) ?? [];
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  const peers = live?.peers ?? network.peers;
  return (
    <section class="panel" aria-label="Figures of the chain">
      <Figures
        figures={[
          ["Latest block", countText(latest?.number ?? network.latest)],
          ["Age", latest === undefined || isLost ? "unknown" : <RelativeTime time={latest.time} />],
          ["Mean block time", seconds.length === 0 ? "–" : `${mean.toFixed(1)} s`],
          ["Gas price", network.gasPrice === null ? "–" : shortGasPriceText(network.gasPrice)],
          ["Peers", peers === null ? "unknown" : countText(peers)],
          ["Chain id", String(network.chainId)],
        ]}
      />
      {network.client !== null && (
        <p class="quiet eth-client">
          Node: <code>{network.client}</code>
        </p>
      )}
    </section>
  );
}
