import type { TransferView } from "../../src/console/ethereum/view.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Panel } from "../parts/panel.tsx";
import { AddressLink } from "./links.tsx";

/** The transfers of ether and tokens by a transaction; renders nothing without any. */
export function TransfersPanel({ transfers }: { transfers: readonly TransferView[] }) {
  if (transfers.length === 0) return null;
  const rows = transfers.map((transfer, index) => ({ ...transfer, index }));
  return (
    <Panel title="Transfers">
      <DataTable
        caption="Transfers"
        columns={[
          { head: "Kind", cell: ({ kind }) => kind },
          { head: "From", cell: ({ from }) => <AddressLink address={from} /> },
          { head: "To", cell: ({ to }) => <AddressLink address={to} /> },
          {
            head: "Amount",
            isNumber: true,
            cell: ({ kind, amount }) => (kind === "ERC-721" ? `no. ${amount}` : amount),
          },
          {
            head: "Of",
            cell: ({ token, symbol }) =>
              token === null ? (
                "ether"
              ) : (
                <span>
                  {symbol !== null && `${symbol} `}
                  <AddressLink address={token} />
                </span>
              ),
          },
        ]}
        rows={rows}
        rowKey={({ index }) => index}
      />
    </Panel>
  );
}
