/** @param {number | undefined} value */
export const number = (value) =>
  value === undefined
    ? ""
    : value.toLocaleString("en", { maximumSignificantDigits: 4, maximumFractionDigits: 1 });

/** @param {number | undefined} part */
export const percent = (part) => (part === undefined ? "" : `±${(part * 100).toFixed(1)} %`);

/**
 * A column of a Markdown table.
 *
 * @typedef {object} Column
 * @property {string} title
 * @property {number} [width] minimum width; by default that of the title
 * @property {boolean} [right] whether cells are right-aligned
 */

/**
 * A Markdown table that is printed line by line. A cell wider than its column shifts the rest of its line.
 *
 * @param {readonly Column[]} columns
 */
export function markdownTable(columns) {
  const widths = columns.map(({ title, width = 0 }) => Math.max(title.length, width));
  const line = (/** @type {readonly string[]} */ cells) => {
    const padded = columns.map(({ right }, index) => {
      const [cell = "", width = 0] = [cells[index], widths[index]];
      return right ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(" | ")} |`;
  };
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return { head: `${line(columns.map(({ title }) => title))}\n${rule}`, line };
}

/**
 * Formats a Markdown table with columns as wide as their cells.
 *
 * @param {readonly Column[]} columns
 * @param {readonly (readonly string[])[]} lines
 */
export function alignedTable(columns, lines) {
  const table = markdownTable(
    columns.map((column, index) => ({
      ...column,
      width: Math.max(...lines.map((cells) => cells[index]?.length ?? 0)),
    })),
  );
  return [table.head, ...lines.map(table.line)].join("\n");
}
