/** Texts that a spreadsheet would run as a formula. */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

/**
 * Formats a line of CSV (RFC 4180). A text that a spreadsheet would run as a formula gets a leading apostrophe; numbers stay
 * unchanged.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
