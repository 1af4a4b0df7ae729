import type { AddressView } from "../../src/console/ethereum/view.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Field } from "../parts/field.tsx";
import { Figures } from "../parts/figures.tsx";
import { bytesText, countedText, countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { setQuery, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { digitsText, etherText } from "./amounts.ts";
import { LoadedEntity } from "./loaded-entity.tsx";
import { TransactionsTable } from "./transactions-table.tsx";

const searchSizes = ["100", "250", "500", "1000"] as const;

/** The page of an address: its state, and its transactions in the latest blocks or below a block number. */
export function AddressPage({ address, query: route }: { address: string; query: URLSearchParams }) {
  const [blocks, before] = [route.get("blocks") ?? searchSizes[0], route.get("before")];
  const search = new URLSearchParams({ blocks, ...(before === null ? {} : { before }) });
  const query = useQuery<AddressView>(`ethereum/address/${encodeURIComponent(address)}?${search}`);
  return (
    <LoadedEntity query={query}>
      {(view) => (
        <>
          <State view={view} />
          <Activity view={view} blocks={blocks} isLatest={before === null} reload={query.reload} />
        </>
      )}
    </LoadedEntity>
  );
}

function State({ view: { address, balance, nonce, codeSize, symbol } }: { view: AddressView }) {
  const kind = codeSize === 0 ? "Account" : `Contract${symbol === null ? "" : ` of ${symbol}`}`;
  return (
    <section class="panel" aria-label="State">
      <Copyable text={address} />
      <Figures
        figures={[
          ["Balance", etherText(balance)],
          [codeSize === 0 ? "Transactions sent" : "Nonce", digitsText(nonce)],
          ["Kind", kind],
          ...(codeSize === 0 ? [] : [["Code", bytesText(codeSize)] as const]),
        ]}
      />
    </section>
  );
}

function Activity({
  view: { address, searched, stopped, transactions, produced },
  blocks,
  isLatest,
  reload,
}: {
  view: AddressView;
  blocks: string;
  isLatest: boolean;
  reload: () => void;
}) {
  const range = `blocks ${countText(searched.from)} to ${countText(searched.to)}`;
  return (
    <Panel
      title="Transactions"
      tools={
        <div class="row">
          <Field label="Blocks to search">
            <select
              value={blocks}
              onChange={({ currentTarget }) => setQuery({ blocks: currentTarget.value }, { replace: false })}
            >
              {searchSizes.map((size) => (
                <option key={size} value={size}>
                  {countText(Number(size))}
                </option>
              ))}
            </select>
          </Field>
          <button type="button" onClick={reload}>
            Search again
          </button>
        </div>
      }
    >
      <p class="quiet" role="status">
        {transactions.length === 0
          ? "It sent and received nothing"
          : countedText(transactions.length, "transaction")}{" "}
        in {range}
        {produced > 0 && `; it made ${countedText(produced, "of these blocks", "of these blocks")}`}.
        {stopped === "time" && " The search stopped there because it took long."}
        {stopped === "length" && " The search stopped there because the list is long."} Ether that contracts
        moved is not in the list.
      </p>
      {transactions.length > 0 && <TransactionsTable transactions={transactions} own={address} />}
      <div class="row eth-pages">
        {!isLatest && (
          <a class="button" href={viewUrl(["ethereum", "address", address], { blocks })}>
            Latest blocks
          </a>
        )}
        {searched.from > 0 && (
          <a
            class="button"
            href={viewUrl(["ethereum", "address", address], { blocks, before: searched.from })}
          >
            Search older blocks
          </a>
        )}
      </div>
    </Panel>
  );
}
