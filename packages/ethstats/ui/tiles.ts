import { find, setText } from "@platform/shared/ui/dom";
import { countText, gasPriceText, none, secondsText, shortNumber, spanText } from "./format.ts";
import type { NetworkState } from "./state.ts";
import { known, mean, type Summary, sum } from "./summary.ts";

/** Shows the figures of the network. */
export function showTiles({ best, ...summary }: Summary, { blocks, now }: NetworkState): void {
  const uncles = known(blocks, (block) => block.uncles);
  const { received, gasPrice, consensus, networkIds } = summary;
  show("best", countText(best?.number ?? null), best?.hash);
  show("last", received === null ? none : `${spanText(now - Date.parse(received))} ago`);
  // Without online nodes, the block time is unknown.
  const seconds = summary.online === 0 ? [] : known(blocks, (block) => block.seconds);
  show("mean", secondsText(mean(seconds)));
  showWithTotal("uncles", uncles.length === 0 ? null : countText(sum(uncles)), `in ${uncles.length} blocks`);
  show("difficulty", shortNumber(best?.difficulty ?? null), countText(best?.difficulty ?? null));
  show("gas-price", gasPriceText(gasPrice), describeGasPrice(gasPrice, best?.baseFeePerGas ?? null));
  showWithTotal("gas", best && shortNumber(best.gasUsed), `/ ${shortNumber(best?.gasLimit ?? null)}`);
  showWithTotal("online", summary.total === 0 ? null : String(summary.online), `of ${summary.total}`);
  find("#difficulty").parentElement!.hidden = consensus !== "proof of work";
  const about = [consensus, ...networkIds.map((id) => `network ${id}`)];
  setText(find("#about"), about.filter((text) => text !== null).join(" · "));
}

function show(id: string, text: string, title = ""): void {
  const value = find(`#${id}`);
  setText(value, text);
  if (value.title !== title) value.title = title;
}

function showWithTotal(id: string, text: string | null, total: string): void {
  setText(find(`#${id} span`), text ?? none);
  setText(find(`#${id} small`), text === null ? "" : total);
}

function describeGasPrice(price: number | null, baseFee: number | null): string {
  const inWei = `${countText(price)} wei`;
  return baseFee === null ? inWei : `${inWei}; base fee of the best block: ${countText(baseFee)} wei`;
}
