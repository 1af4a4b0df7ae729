import type { BlockDetail } from "../../src/console/ethereum/view.ts";
import { Copyable } from "../parts/copyable.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { bytesText, countText, dateTimeText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { digitsText, etherText, gasPriceText, shareText } from "./amounts.ts";
import { producerNames } from "./blocks-panel.tsx";
import { Facts } from "./facts.tsx";
import { HexData, OtherFields } from "./hex-data.tsx";
import { addressUrl } from "./links.tsx";
import { LoadedEntity } from "./loaded-entity.tsx";
import { TransactionsTable } from "./transactions-table.tsx";

/** The page of a block, by its number or hash; `from` is the index of the first shown transaction. */
export function BlockPage({ id, from }: { id: string; from: string | undefined }) {
  const query = useQuery<BlockDetail>(
    `ethereum/block/${encodeURIComponent(id)}${from === undefined ? "" : `?from=${encodeURIComponent(from)}`}`,
  );
  return <LoadedEntity query={query}>{(block) => <Block block={block} />}</LoadedEntity>;
}

function Block({ block }: { block: BlockDetail }) {
  const { number, logsBloom, withdrawals, others } = block;
  const latest = Math.max(block.latest, useLive("chain")?.blocks[0]?.number ?? 0);
  return (
    <>
      <div class="row eth-pages">
        {number > 0 && (
          <a class="button" href={viewUrl(["ethereum", "block", number - 1])}>
            Previous block
          </a>
        )}
        {number < latest && (
          <a class="button" href={viewUrl(["ethereum", "block", number + 1])}>
            Next block
          </a>
        )}
      </div>
      <Panel title="Header">
        <Facts facts={headerFacts(block, latest)} />
        <details>
          <summary>logsBloom</summary>
          <pre>{logsBloom}</pre>
        </details>
        <OtherFields fields={others} />
      </Panel>
      <Transactions block={block} />
      {withdrawals.length > 0 && (
        <Panel title="Withdrawals of validators">
          <DataTable
            caption="Withdrawals"
            columns={[
              { head: "Index", isNumber: true, cell: ({ index }) => digitsText(index) },
              { head: "Validator", isNumber: true, cell: ({ validator }) => digitsText(validator) },
              { head: "Address", cell: ({ address }) => <a href={addressUrl(address)}>{address}</a> },
              { head: "Amount", isNumber: true, cell: ({ value }) => etherText(value) },
            ]}
            rows={withdrawals}
            rowKey={({ index }) => index}
          />
        </Panel>
      )}
    </>
  );
}

function headerFacts(block: BlockDetail, latest: number): (readonly [string, preact.ComponentChildren])[] {
  const { number, hash, parentHash, time, producer, gasUsed, gasLimit, baseFee, uncles } = block;
  return [
    ["Number", countText(number)],
    ["Hash", <Copyable key="hash" text={hash} />],
    [
      "Time",
      <span key="time">
        {dateTimeText(time)} (<RelativeTime time={time} />)
      </span>,
    ],
    ["Confirmations", countText(latest - number + 1)],
    [
      "Parent",
      number > 0 && (
        <Copyable key="parent" text={parentHash} href={viewUrl(["ethereum", "block", number - 1])} />
      ),
    ],
    [
      producerNames[block.consensus],
      producer !== null && <Copyable key="producer" text={producer} href={addressUrl(producer)} />,
    ],
    ["Gas used", `${countText(gasUsed)} of ${countText(gasLimit)} (${shareText(gasUsed, gasLimit)})`],
    ["Base fee", baseFee !== null && gasPriceText(baseFee)],
    ["Difficulty", block.difficulty !== "0" && digitsText(block.difficulty)],
    ["Size", bytesText(block.size)],
    ["Uncles", uncles.length > 0 && uncles.join(" ")],
    ["Extra data", <HexData key="extra" label="Extra data" hex={block.extraData} />],
  ];
}

function Transactions({ block: { number, transactions, items, from } }: { block: BlockDetail }) {
  const end = from + items.length;
  const pageUrl = (first: number) => viewUrl(["ethereum", "block", number], { from: first || undefined });
  return (
    <Panel title={`Transactions (${countText(transactions)})`}>
      {items.length === 0 ? (
        <p class="quiet">
          {transactions === 0 ? "The block has no transactions." : `It has none from index ${from} on.`}
        </p>
      ) : (
        <TransactionsTable transactions={items} />
      )}
      {items.length < transactions && (
        <div class="row eth-pages">
          <span class="quiet">
            {from} to {end - 1}
          </span>
          {from > 0 && (
            <a class="button" href={pageUrl(Math.max(0, from - 100))}>
              Before
            </a>
          )}
          {end < transactions && (
            <a class="button" href={pageUrl(end)}>
              After
            </a>
          )}
        </div>
      )}
    </Panel>
  );
}
