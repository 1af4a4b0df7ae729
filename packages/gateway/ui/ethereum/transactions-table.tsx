import type { TransactionSummary } from "../../src/console/ethereum/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { shortEtherText } from "./amounts.ts";
import { AddressLink, BlockLink, TransactionLink } from "./links.tsx";

/** The transactions of a block, or with `own` those of an address, with their direction. */
export function TransactionsTable({
  transactions,
  own,
}: {
  transactions: readonly TransactionSummary[];
  own?: string;
}) {
  return (
    <DataTable
      caption="Transactions"
      columns={
        own === undefined ? [indexColumn, ...commonColumns()] : [...blockColumns, ...commonColumns(own)]
      }
      rows={transactions}
      rowKey={({ hash }) => hash}
    />
  );
}

const indexColumn: Column<TransactionSummary> = {
  head: "Index",
  isNumber: true,
  cell: ({ index }) => index ?? "–",
};

const blockColumns: readonly Column<TransactionSummary>[] = [
  {
    head: "Block",
    isNumber: true,
    cell: ({ block }) => (block === null ? "pending" : <BlockLink number={block} />),
  },
  { head: "Age", cell: ({ time }) => (time === null ? "–" : <RelativeTime time={time} />) },
];

function commonColumns(own?: string): Column<TransactionSummary>[] {
  return [
    { head: "Transaction", cell: ({ hash }) => <TransactionLink hash={hash} /> },
    { head: "Method", cell: (transaction) => methodText(transaction) },
    ...(own === undefined
      ? []
      : [{ head: "Direction", cell: (transaction: TransactionSummary) => directionText(transaction, own) }]),
    { head: "From", cell: ({ from }) => <AddressLink address={from} own={own} /> },
    {
      head: "To",
      cell: ({ to }) =>
        to === null ? <span class="quiet">new contract</span> : <AddressLink address={to} own={own} />,
    },
    { head: "Ether", isNumber: true, cell: ({ value }) => shortEtherText(value) },
  ];
}

function methodText({ method, to }: TransactionSummary): string {
  return method ?? (to === null ? "create" : "–");
}

function directionText({ from, to }: TransactionSummary, own: string): string {
  if (from === to) return "to itself";
  return from === own ? "sent" : "received";
}
