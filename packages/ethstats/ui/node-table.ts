import { element, find } from "@platform/shared/ui/dom";
import { type Column, columns, type TableContext } from "./columns.ts";
import { createNodeRow, type NodeRow } from "./node-row.ts";
import type { NetworkState } from "./state.ts";
import type { NodeView } from "./view.ts";

/** Creates the table of nodes. Returns the function that updates changed rows, or all rows. */
export function createNodeTable(table: HTMLElement) {
  const rows = new Map<string, NodeRow>();
  const body = element("tbody", { role: "rowgroup" });
  let sortedBy = columns[0]!;
  let descending = false;
  let orderChanged = true;
  let shown: { state: NetworkState; context: TableContext } | undefined;
  const headings = columns.map((column) => createHeading(column, () => sortBy(column)));
  const headingRow = element("tr", { role: "row" }, ...headings);
  table.setAttribute("role", "table");
  table.append(element("thead", { role: "rowgroup" }, headingRow), body);

  function sortBy(column: Column): void {
    descending = column === sortedBy && !descending;
    sortedBy = column;
    orderChanged = true;
    if (shown) show(shown.state, shown.context, false);
  }

  function showOrder(nodes: Iterable<NodeView>): void {
    const sorted = sortNodes(nodes, sortedBy, descending);
    sorted.forEach(({ name }, index) => {
      const row = rows.get(name)!.element;
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    });
    for (const [index, heading] of headings.entries()) {
      const direction = descending ? "descending" : "ascending";
      const sort = columns[index] === sortedBy ? direction : "none";
      if (heading.ariaSort !== sort) heading.ariaSort = sort;
    }
    orderChanged = false;
  }

  function show(state: NetworkState, context: TableContext, all: boolean): void {
    shown = { state, context };
    for (const name of all ? state.nodes.keys() : state.changed) {
      const node = state.nodes.get(name);
      if (node === undefined) continue;
      if (!rows.has(name)) {
        rows.set(name, createNodeRow());
        orderChanged = true;
      }
      rows.get(name)!.show(node, context);
    }
    for (const [name, row] of rows) {
      if (state.nodes.has(name)) continue;
      row.element.remove();
      rows.delete(name);
    }
    // Names do not change, so rows sorted by name keep their order.
    if (orderChanged || sortedBy !== columns[0]) showOrder(state.nodes.values());
    find("#no-nodes").hidden = rows.size > 0;
    table.hidden = rows.size === 0;
  }

  return show;
}

/** Sorts nodes by a column, then by name; nodes without a value come last. */
export function sortNodes(nodes: Iterable<NodeView>, { order }: Column, descending = false): NodeView[] {
  const sign = descending ? -1 : 1;
  return [...nodes].sort((a, b) => {
    const [left, right] = [order(a), order(b)];
    if (left === right) return a.name < b.name ? -1 : 1;
    if (left === null || right === null) return left === null ? 1 : -1;
    return left < right ? -sign : sign;
  });
}

function createHeading({ label, className = "" }: Column, sort: () => void): HTMLElement {
  const button = element("button", { type: "button", onclick: sort }, label);
  const heading = element("th", { className, scope: "col" }, button);
  heading.setAttribute("role", "columnheader");
  return heading;
}
