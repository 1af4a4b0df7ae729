import { element, find, setText, table, whileOpen } from "@platform/shared/ui/dom";
import type { BlockView, ChainView } from "../src/dashboard/view.ts";
import { createChart } from "./charts.ts";
import { countText, shortHex, spanText, timeText } from "./format.ts";

/** Shows the end of the chain; returns its update function. */
export function chainPanel(): (view: ChainView) => void {
  let view: ChainView | undefined;
  const place = find("#delta-chart");
  const chart = createChart(place, { bars: false, xLabel: countText, xSteps: [1, 2, 5, 10, 20, 50] });
  const fillDeltas = whileOpen(find("#delta-table"), () => deltaTable(view!));

  function showAge(): void {
    const time = view?.blocks[0]?.time;
    if (time !== undefined) setText(find("#age"), spanText(Date.now() - time));
  }

  setInterval(showAge, 1_000);
  return (news) => {
    view = news;
    const { blocks, deltas, peers, accounts } = news;
    find("#no-chain").hidden = true;
    find("#blocks").hidden = false;
    setText(find("#head"), blocks[0] === undefined ? "–" : countText(blocks[0].number));
    setText(find("#peers"), peers === null ? "–" : countText(peers));
    showAge();
    const seconds = deltas.map((delta) => delta.seconds);
    const mean = seconds.length === 0 ? "–" : `${(sum(seconds) / seconds.length).toFixed(1)} s`;
    setText(find("#block-time"), mean);
    if (deltas.length > 0) {
      const numbers = deltas.map(({ number }) => number);
      chart.show([numbers, seconds], [numbers[0]! - 1, numbers.at(-1)! + 1]);
      place.setAttribute(
        "aria-label",
        `Seconds between the last ${deltas.length} blocks: mean ${mean}, least ${Math.min(...seconds)}, most ${Math.max(...seconds)}.`,
      );
    }
    fillDeltas();
    find("#block-table").replaceChildren(blockTable(blocks));
    find("#accounts").hidden = accounts.length === 0;
    showAccounts(news);
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function deltaTable({ deltas }: ChainView) {
  const rows = deltas.map(({ number, seconds }) => [countText(number), String(seconds)]);
  return table("Seconds between blocks", ["Block", "Seconds since the one before"], rows.reverse());
}

function blockTable(blocks: readonly BlockView[]) {
  const rows = blocks.map(({ number, hash, time, transactions, gasUsed }) => [
    countText(number),
    timeText(time),
    countText(transactions),
    countText(gasUsed),
    shortHex(hash),
  ]);
  return table("Latest blocks", ["Block", "Time", "Transactions", "Gas", "Hash"], rows);
}

/** The accounts' items, made once: a button that is replaced loses the focus. */
const items = new Map<string, { item: HTMLLIElement; balance: HTMLElement }>();

function showAccounts({ accounts, canSend }: ChainView): void {
  accounts.forEach(({ address, ether }, place) => {
    let shown = items.get(address);
    if (shown === undefined) {
      const to = accounts[(place + 1) % accounts.length]?.address ?? address;
      shown = accountItem(address, canSend && to !== address ? to : undefined);
      items.set(address, shown);
      find("#account-list").append(shown.item);
    }
    setText(shown.balance, `${etherText(ether)} ether`);
  });
}

function accountItem(address: string, to: string | undefined) {
  const balance = element("strong");
  const item = element("li", {}, element("code", { title: address }, shortHex(address)), " ", balance);
  if (to !== undefined) {
    const button = element("button", { type: "button" }, `Send 1 ether to ${shortHex(to)}`);
    button.addEventListener("click", () => void send(button, address, to));
    item.append(" ", button);
  }
  return { item, balance };
}

/** Six decimals: a transfer costs some gas as well. */
function etherText(ether: string): string {
  const [whole = "", fraction = ""] = ether.split(".");
  const shown = fraction.slice(0, 6).replace(/0+$/, "");
  return shown === "" ? whole : `${whole}.${shown}`;
}

async function send(button: HTMLButtonElement, from: string, to: string): Promise<void> {
  button.disabled = true;
  setText(find("#transfer"), "sending …");
  try {
    const response = await fetch("api/transfers", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ from, to }),
    });
    const { hash, detail } = await response.json();
    setText(find("#transfer"), response.ok ? `Sent; the next block has it: ${hash}` : `Not sent: ${detail}`);
  } catch {
    setText(find("#transfer"), "Not sent: the gateway does not answer.");
  }
  button.disabled = false;
  button.focus();
}
