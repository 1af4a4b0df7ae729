import { element, setText } from "@platform/shared/ui/dom";
import { columns, type TableContext } from "./columns.ts";
import { createSparkline, drawSparkline } from "./propagation.ts";
import type { NodeView } from "./view.ts";

/** A table row that is updated in place. */
export interface NodeRow {
  element: HTMLTableRowElement;
  show(node: NodeView, context: TableContext): void;
}

/** Creates an empty row. The roles keep it a row for screen readers when the style shows a card. */
export function createNodeRow(): NodeRow {
  const row = element("tr", { role: "row" });
  const cells = columns.map(({ label, className = "", hasHistogram }, index) => {
    const text = element("span");
    const header = index === 0;
    const cell = element(header ? "th" : "td", { className }, text);
    cell.setAttribute("role", header ? "rowheader" : "cell");
    if (header) cell.setAttribute("scope", "row");
    cell.dataset.label = label;
    const sparkline = hasHistogram ? createSparkline() : undefined;
    if (sparkline) cell.prepend(sparkline);
    row.append(cell);
    return { cell, text, sparkline };
  });
  let histogram = "";

  return {
    element: row,
    show(node, context) {
      setClass(row, node.online ? "" : "away");
      for (const [index, column] of columns.entries()) {
        const { cell, text, sparkline } = cells[index]!;
        setText(text, column.text(node, context));
        const title = column.title?.(node) ?? "";
        if (cell.title !== title) cell.title = title;
        if (column.state) setClass(cell, `${column.className ?? ""} ${column.state(node, context)}`.trim());
        if (sparkline === undefined || histogram === String(node.propagation.histogram)) continue;
        histogram = String(node.propagation.histogram);
        drawSparkline(sparkline, node.propagation.histogram);
      }
    },
  };
}

function setClass(target: Element, name: string): void {
  if (target.className !== name) target.className = name;
}
