import { useEffect, useState } from "preact/hooks";
import type { BlockSummary, BlocksPage, ConsensusKind } from "../../src/console/ethereum/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countText, shortHex } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Loaded } from "../parts/states.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { shareText } from "./amounts.ts";
import { BlockLink, Producer, producerColours } from "./links.tsx";

const pageSize = 25;

/** The role of the address in a block's header. */
export const producerNames: Readonly<Record<ConsensusKind, string>> = {
  clique: "Signer",
  "proof of stake": "Fee recipient",
  "proof of work": "Miner",
  "development chain": "Fee recipient",
};

/** A page of blocks: the latest ones, which follow the chain unless paused, or those below a number. */
export function BlocksPanel({ before }: { before: string | undefined }) {
  const [isPaused, setPaused] = useState(false);
  const head = useLive("chain")?.blocks[0]?.hash;
  const query = useQuery<BlocksPage>(`ethereum/blocks?limit=${pageSize}${before ? `&before=${before}` : ""}`);
  const isLive = before === undefined && !isPaused;
  useEffect(() => {
    if (isLive && head !== undefined) query.reload();
  }, [isLive, head]);
  return (
    <Panel
      title={before === undefined ? "Latest blocks" : "Blocks"}
      tools={
        before === undefined && (
          <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
            {isPaused ? "Resume" : "Pause"}
          </button>
        )
      }
    >
      <Loaded query={query}>{(page) => <BlockTable page={page} />}</Loaded>
    </Panel>
  );
}

function BlockTable({ page: { blocks, consensus, latest } }: { page: BlocksPage }) {
  const producers = blocks.flatMap(({ producer }) => producer ?? []);
  producerColours.learn(producers);
  const columns = createColumns(consensus, { hasProducers: producers.length > 0 });
  const [newest, oldest] = [blocks[0]?.number ?? 0, blocks.at(-1)?.number ?? 0];
  // The first page has no number in its URL, so it always shows the latest blocks.
  const newer = newest + pageSize >= latest ? undefined : newest + pageSize + 1;
  return (
    <>
      <div class="eth-blocks">
        <DataTable caption="Blocks" columns={columns} rows={blocks} rowKey={({ hash }) => hash} />
      </div>
      <div class="row eth-pages">
        {newest < latest && (
          <>
            <a class="button" href={viewUrl(["ethereum"])}>
              Latest
            </a>
            <a class="button" href={viewUrl(["ethereum"], { before: newer })}>
              Newer
            </a>
          </>
        )}
        {oldest > 0 && (
          <a class="button" href={viewUrl(["ethereum"], { before: oldest })}>
            Older
          </a>
        )}
      </div>
    </>
  );
}

function createColumns(
  consensus: ConsensusKind,
  { hasProducers }: { hasProducers: boolean },
): Column<BlockSummary>[] {
  return [
    { head: "Block", isNumber: true, cell: ({ number }) => <BlockLink number={number} /> },
    { head: "Age", cell: ({ time }) => <RelativeTime time={time} /> },
    { head: "Hash", cell: ({ hash }) => <code title={hash}>{shortHex(hash)}</code> },
    ...(hasProducers ? [producerColumn(consensus)] : []),
    { head: "Transactions", isNumber: true, cell: ({ transactions }) => countText(transactions) },
    { head: "Gas used", isNumber: true, cell: ({ gasUsed }) => countText(gasUsed) },
    { head: "Of the limit", isNumber: true, cell: ({ gasUsed, gasLimit }) => shareText(gasUsed, gasLimit) },
  ];
}

function producerColumn(consensus: ConsensusKind): Column<BlockSummary> {
  return {
    head: producerNames[consensus],
    cell: ({ producer }) =>
      producer === null ? <span class="quiet">none</span> : <Producer address={producer} />,
  };
}
