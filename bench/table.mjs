const number = (/** @type {number | undefined} */ value) =>
  value === undefined
    ? ""
    : value.toLocaleString("en", { maximumSignificantDigits: 4, maximumFractionDigits: 1 });
const percent = (/** @type {number | undefined} */ part) =>
  part === undefined ? "" : `±${(part * 100).toFixed(1)} %`;

/** Rows as lines of a table: one for each peer. */
export function tableOf(/** @type {import("./main.mjs").Row[]} */ rows) {
  const head = ["name", "ours", "peer", "theirs", "ratio", "spread (ours, theirs)"];
  const lines = rows.flatMap((row) =>
    row.peers.map((peer, index) => {
      const ratio =
        peer.value === undefined || row.ours.value === undefined
          ? (peer.skipped ?? row.ours.skipped ?? "")
          : `${number(row.less ? peer.value / row.ours.value : row.ours.value / peer.value)} ×`;
      const first = index === 0 ? [row.name, `${number(row.ours.value)} ${row.unit}`] : ["", ""];
      return [
        ...first,
        peer.name,
        number(peer.value),
        ratio,
        `${percent(row.ours.spread)} ${percent(peer.spread)}`,
      ];
    }),
  );
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column].length)),
  );
  const print = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell, column) => (column === 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(" | ")} |`;
  return [
    print(head),
    `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`,
    ...lines.map(print),
  ].join("\n");
}
