import type { EthstatsNode, EthstatsNodes, NetworkView } from "../../src/console/ethereum/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Loaded } from "../parts/states.tsx";
import { useQuery } from "../shell/use-query.ts";

const intervalMs = 5_000;
/** The number of blocks from which a lag is marked, because a new block takes a moment to propagate. */
const lagging = 2;

/** The nodes that report to Ethstats. */
export function NodesPanel({ network: { hasEthstats, ethstatsPage } }: { network: NetworkView }) {
  const query = useQuery<EthstatsNodes>(hasEthstats ? "ethereum/nodes" : undefined, { intervalMs });
  const link = ethstatsPage !== null && <a href={ethstatsPage}>Ethstats page</a>;
  return (
    <Panel wide title="Nodes" tools={link}>
      {hasEthstats ? (
        <Loaded query={query}>{({ nodes }) => <NodeTable nodes={nodes} />}</Loaded>
      ) : (
        <p class="quiet">
          Set <code>ETHSTATS_URL</code> to an Ethstats server to see the nodes that report to it.
        </p>
      )}
    </Panel>
  );
}

function NodeTable({ nodes }: { nodes: readonly EthstatsNode[] }) {
  const heads = nodes.flatMap(({ online, block }) => (online && block !== null ? [block] : []));
  const best = Math.max(-1, ...heads);
  if (nodes.length === 0) return <p class="quiet">No node has reported to Ethstats yet.</p>;
  return <DataTable caption="Nodes" columns={createColumns(best)} rows={nodes} rowKey={({ name }) => name} />;
}

function createColumns(best: number): Column<EthstatsNode>[] {
  const counted = (head: string, read: (node: EthstatsNode) => number | null): Column<EthstatsNode> => ({
    head,
    isNumber: true,
    cell: (node) => {
      const count = read(node);
      return count === null ? "–" : countText(count);
    },
  });
  return [
    { head: "Node", cell: ({ name }) => name },
    { head: "State", cell: (node) => <NodeState node={node} /> },
    { head: "Client", cell: ({ client }) => client?.split("/").slice(0, 3).join(" ") ?? "–" },
    counted("Peers", ({ peers }) => peers),
    counted("Pending", ({ pending }) => pending),
    {
      head: "Latency",
      isNumber: true,
      cell: ({ latencyMs }) => (latencyMs === null ? "–" : `${countText(Math.round(latencyMs))} ms`),
    },
    { head: "Block", isNumber: true, cell: (node) => <NodeBlock node={node} best={best} /> },
    {
      head: "Block age",
      cell: ({ blockReceived }) => (blockReceived === null ? "–" : <RelativeTime time={blockReceived} />),
    },
  ];
}

function NodeState({ node: { online, syncing } }: { node: EthstatsNode }) {
  if (!online) return <span class="bad">offline</span>;
  return syncing ? <span class="warn">syncing</span> : <span class="good">online</span>;
}

function NodeBlock({ node: { online, syncing, block }, best }: { node: EthstatsNode; best: number }) {
  if (block === null) return "–";
  const behind = online ? best - block : 0;
  const state = behind < lagging ? "" : syncing ? "warn" : "bad";
  return (
    <span class={state}>
      {countText(block)}
      {behind > 0 && ` (−${countText(behind)})`}
    </span>
  );
}
