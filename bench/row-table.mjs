import { markdownTable, number, percent } from "./table.mjs";

/** Column widths are fixed, because rows are printed as they are measured. */
const table = markdownTable([
  { title: "name", width: 46 },
  { title: "ours", width: 20 },
  { title: "peer", width: 40 },
  { title: "theirs", width: 9, right: true },
  { title: "ratio", width: 8 },
  { title: "spread (ours, theirs)" },
]);

export const rowTableHead = table.head;

/** Formats a row as table lines, one for each peer. */
export function rowLines(/** @type {import("./results.mjs").Row} */ { name, unit, less, ours, peers }) {
  return peers
    .map((peer, index) => {
      const ratio =
        peer.value === undefined || ours.value === undefined
          ? (peer.skipped ?? ours.skipped ?? "")
          : `${number(less ? peer.value / ours.value : ours.value / peer.value)} ×`;
      const first = index === 0 ? [name, `${number(ours.value)} ${unit}`] : ["", ""];
      const spreads = `${percent(ours.spread)} ${percent(peer.spread)}`;
      return table.line([...first, peer.name, number(peer.value), ratio, spreads]);
    })
    .join("\n");
}
