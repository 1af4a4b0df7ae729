import type { NetworkView } from "../../src/console/ethereum/view.ts";
import { Empty } from "../parts/states.tsx";
import { type Route, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { AddressPage } from "./address-page.tsx";
import { BlockPage } from "./block-page.tsx";
import { ChainOverview } from "./chain-overview.tsx";
import { ChainSearch } from "./chain-search.tsx";
import { TransactionPage } from "./transaction-page.tsx";

const networkIntervalMs = 10_000;

/** The view `/ui/ethereum`, and the pages of blocks, transactions and addresses below it. */
export function EthereumView({ route: { path, query } }: { route: Route }) {
  const network = useQuery<NetworkView>("ethereum/network", { intervalMs: networkIntervalMs });
  const [kind, id, ...rest] = path;
  if (network.error?.code === "not_configured") return <NoChain />;
  return (
    <>
      {kind !== undefined && (
        <p class="crumbs">
          <a href={viewUrl(["ethereum"])}>Ethereum</a>
        </p>
      )}
      <div class="eth-head">
        <h1>{titleText(kind, id)}</h1>
        <ChainSearch query={query.get("q") ?? ""} />
      </div>
      <Page kind={kind} id={rest.length === 0 ? id : undefined} query={query} network={network} />
    </>
  );
}

function Page({
  kind,
  id,
  query,
  network,
}: {
  kind: string | undefined;
  id: string | undefined;
  query: URLSearchParams;
  network: ReturnType<typeof useQuery<NetworkView>>;
}) {
  if (kind === undefined) return <ChainOverview network={network} query={query} />;
  if (id !== undefined) {
    if (kind === "block") return <BlockPage key={id} id={id} from={query.get("from") ?? undefined} />;
    if (kind === "transaction") return <TransactionPage key={id} hash={id} />;
    if (kind === "address") return <AddressPage key={id} address={id} query={query} />;
  }
  return (
    <Empty title="There is no such page.">
      <a href={viewUrl(["ethereum"])}>To the latest blocks</a>
    </Empty>
  );
}

function titleText(kind: string | undefined, id: string | undefined): string {
  if (kind === "block") return /^\d+$/.test(id ?? "") ? `Block ${Number(id).toLocaleString("en")}` : "Block";
  if (kind === "transaction") return "Transaction";
  if (kind === "address") return "Address";
  return "Ethereum";
}

function NoChain() {
  return (
    <>
      <h1>Ethereum</h1>
      <Empty title="No Ethereum node is configured.">
        <p>
          With a node, this view shows blocks, transactions, accounts and consensus of a chain, and has a
          search.
        </p>
        <p>
          Set <code>GETH_RPC_ENDPOINT</code> to the JSON-RPC URL of a node, such as{" "}
          <code>http://127.0.0.1:8545</code>. On a laptop, <code>npm start</code> without this setting starts
          an embedded chain.
        </p>
      </Empty>
    </>
  );
}
