import { find, setText } from "@platform/shared/ui/dom";
import { countText, gasPriceText, none, secondsText, shortNumber, spanText } from "./format.ts";
import type { NetworkState } from "./state.ts";
import { known, mean, type Summary, sum } from "./summary.ts";

/** Shows the figures of the network. */
export function showTiles({ best, ...summary }: Summary, { blocks, now }: NetworkState): void {
  const uncles = known(blocks, (block) => block.uncles);
  show("best", countText(best?.number ?? null), best?.hash);
  show("last", summary.received === null ? none : `${spanText(now - Date.parse(summary.received))} ago`);
  show("mean", secondsText(mean(known(blocks, ({ seconds }) => seconds))));
  show("uncles", uncles.length === 0 ? none : countText(sum(uncles)));
  show("gas-price", gasPriceText(summary.gasPrice), title(summary.gasPrice, "wei"));
  show("base-fee", gasPriceText(best?.baseFeePerGas ?? null), title(best?.baseFeePerGas, "wei"));
  show("difficulty", shortNumber(best?.difficulty ?? null), title(best?.difficulty));
  show("gas", gasText(best?.gasUsed, best?.gasLimit), title(best?.gasUsed, "gas"));
  show("online", summary.total === 0 ? none : `${summary.online} of ${summary.total}`);
  tile("difficulty").hidden = summary.consensus !== "proof of work";
  tile("base-fee").hidden = (best?.baseFeePerGas ?? null) === null;
  setText(
    find("#about"),
    [summary.consensus, ...summary.networkIds.map((id) => `network ${id}`)].filter(Boolean).join(" · "),
  );
}

function tile(id: string): HTMLElement {
  return find(`#${id}`).parentElement!;
}

function show(id: string, text: string, title = ""): void {
  const value = find(`#${id}`);
  setText(value, text);
  if (value.title !== title) value.title = title;
}

function title(value: number | null | undefined, unit = ""): string {
  return `${countText(value ?? null)} ${unit}`.trim();
}

function gasText(used: number | null = null, limit: number | null = null): string {
  return used === null || limit === null ? none : `${shortNumber(used)} of ${shortNumber(limit)}`;
}
