import { element, setText } from "@platform/shared/ui/dom";
import { svgElement } from "./bar-chart.ts";
import { shortHash } from "./format.ts";
import { producerColours } from "./producer-colours.ts";
import { type Consensus, countMiners } from "./summary.ts";
import type { BlockView } from "./view.ts";

const names: Record<Consensus, string> = {
  "proof of work": "Miners",
  "proof of authority": "Signers",
  "proof of stake": "Fee recipients",
};

const maxShown = 6;

/** Creates the list of the producers of the last blocks. Returns its update function. */
export function createMiners(container: HTMLElement) {
  const name = element("span");
  const total = element("strong");
  const list = element("ol");
  container.append(element("figure", { className: "miners" }, element("figcaption", {}, name, total), list));
  return (blocks: readonly BlockView[], consensus: Consensus | null) => {
    const miners = countMiners(blocks);
    setText(name, consensus === null ? "Miners" : names[consensus]);
    setText(total, String(miners.length));
    const shown = miners.slice(0, maxShown);
    const rest = miners.slice(maxShown);
    const others = {
      miner: `${rest.length} others`,
      blocks: rest.reduce((sum, each) => sum + each.blocks, 0),
    };
    list.replaceChildren(
      ...[...shown, ...(rest.length > 0 ? [others] : [])].map((each) => item(each, blocks.length)),
    );
  };
}

function item({ miner, blocks }: { miner: string; blocks: number }, total: number): HTMLElement {
  const colour = miner.startsWith("0x") ? producerColours.colourClass(miner) : "";
  const share = svgElement("svg", {
    class: colour,
    viewBox: "0 0 100 1",
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  share.append(svgElement("rect", { width: ((100 * blocks) / total).toFixed(1), height: "1" }));
  const address = miner.startsWith("0x")
    ? element(
        "span",
        {},
        element("span", { className: `swatch ${colour}`, ariaHidden: "true" }),
        element("code", { title: miner }, shortHash(miner)),
      )
    : element("span", {}, miner);
  const row = element("li", {}, address, element("span", {}, `${blocks} of ${total}`));
  row.insertBefore(share, row.lastElementChild);
  return row;
}
