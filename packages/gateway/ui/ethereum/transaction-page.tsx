import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { TransactionDetail } from "../../src/console/ethereum/view.ts";
import { Copyable } from "../parts/copyable.tsx";
import { countedText, dateTimeText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { useLive } from "../shell/live-events.ts";
import { useQuery } from "../shell/use-query.ts";
import { digitsText, etherText, gasPriceText, shareText } from "./amounts.ts";
import { Facts } from "./facts.tsx";
import { HexData, OtherFields } from "./hex-data.tsx";
import { addressUrl, BlockLink } from "./links.tsx";
import { LoadedEntity } from "./loaded-entity.tsx";
import { LogsPanel } from "./logs-panel.tsx";
import { TransfersPanel } from "./transfers-panel.tsx";

/** The page of a transaction: transfers, call and logs. */
export function TransactionPage({ hash }: { hash: string }) {
  const query = useQuery<TransactionDetail>(`ethereum/transaction/${encodeURIComponent(hash)}`);
  const head = useLive("chain")?.blocks[0]?.hash;
  const isPending = query.data?.status === "pending" || query.error?.status === 404;
  useEffect(() => {
    if (isPending) query.reload();
  }, [head]);
  return (
    <LoadedEntity query={query}>{(transaction) => <Transaction transaction={transaction} />}</LoadedEntity>
  );
}

function Transaction({ transaction }: { transaction: TransactionDetail }) {
  const { transfers, input, method, logs, logsBloom, others } = transaction;
  return (
    <>
      <Panel title="Summary">
        <Facts facts={summaryFacts(transaction)} />
      </Panel>
      <TransfersPanel transfers={transfers} />
      <Panel title={method === null ? "Input" : `Input: ${method}`}>
        <HexData label="Input" hex={input} />
      </Panel>
      <LogsPanel logs={logs} />
      <Panel title="More">
        {logsBloom !== null && (
          <details>
            <summary>logsBloom</summary>
            <pre>{logsBloom}</pre>
          </details>
        )}
        <OtherFields fields={others} />
      </Panel>
    </>
  );
}

const statusClasses = { pending: "warn", succeeded: "good", reverted: "bad", unknown: "quiet" } as const;

function Status({ transaction: { status, reason } }: { transaction: TransactionDetail }) {
  const text = status === "unknown" ? "unknown: receipts before Byzantium have no status" : status;
  return (
    <span role="status">
      <strong class={statusClasses[status]}>{text}</strong>
      {status === "reverted" &&
        (reason === null
          ? " (the node gives no reason)"
          : `: ${reason} (from a repeated call on the previous block)`)}
    </span>
  );
}

/** The number of confirmations, which grows with the chain. */
function Confirmations({ transaction: { block, confirmations } }: { transaction: TransactionDetail }) {
  const latest = useLive("chain")?.blocks[0]?.number ?? 0;
  const count = Math.max(confirmations, latest - (block ?? latest) + 1);
  return <span class="quiet">({countedText(count, "confirmation")})</span>;
}

function summaryFacts(transaction: TransactionDetail): (readonly [string, ComponentChildren])[] {
  const { hash, block, time, index, from, to, created, value, fee, gasUsed, gasLimit, gasPrice } =
    transaction;
  return [
    ["Hash", <Copyable key="hash" text={hash} />],
    ["Status", <Status key="status" transaction={transaction} />],
    [
      "Block",
      block !== null && (
        <span key="block">
          <BlockLink number={block} />, index {index} <Confirmations transaction={transaction} />
        </span>
      ),
    ],
    [
      "Time",
      time !== null && (
        <span key="time">
          {dateTimeText(time)} (<RelativeTime time={time} />)
        </span>
      ),
    ],
    ["From", <Copyable key="from" text={from} href={addressUrl(from)} />],
    ["To", to !== null && <Copyable key="to" text={to} href={addressUrl(to)} />],
    [
      "Creates",
      to === null &&
        (created === null ? "a contract" : <Copyable text={created} href={addressUrl(created)} />),
    ],
    ["Value", etherText(value)],
    ["Fee", fee !== null && etherText(fee)],
    [
      "Gas used",
      gasUsed === null
        ? `limit ${digitsText(gasLimit)}`
        : `${digitsText(gasUsed)} of ${digitsText(gasLimit)} (${shareText(Number(gasUsed), Number(gasLimit))})`,
    ],
    ["Gas price", gasPrice !== null && gasPriceText(gasPrice)],
    ["Nonce", digitsText(transaction.nonce)],
    ["Type", typeNames[transaction.type] ?? String(transaction.type)],
  ];
}

const typeNames: Readonly<Record<number, string>> = {
  0: "0 (legacy)",
  1: "1 (access list)",
  2: "2 (dynamic fee)",
  3: "3 (blobs)",
  4: "4 (set code)",
};
