import type { ComponentChildren } from "preact";

/** A column of a table. */
export interface Column<Row> {
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Numbers are aligned to the right. */
  isNumber?: boolean;
  /** Hidden on phones. */
  isMinor?: boolean;
}

/** Options of DataTable. */
interface DataTableOptions<Row> {
  /** For screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Returns the key of a row, so that updates keep selection and focus. */
  rowKey: (row: Row) => string | number;
}

/** A table. On a phone, each row becomes a card with labelled cells. */
export function DataTable<Row>({ caption, columns, rows, rowKey }: DataTableOptions<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls, and the keyboard must reach it
    <section class="scroll" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, ...column }) => (
              <th key={head} scope="col" class={columnClass(column)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ head, cell, ...column }) => (
                <td key={head} data-label={head} class={columnClass(column)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function columnClass({ isNumber, isMinor }: Pick<Column<never>, "isNumber" | "isMinor">): string | undefined {
  const names = [isNumber ? "number" : "", isMinor ? "minor" : ""].filter((name) => name !== "");
  return names.length === 0 ? undefined : names.join(" ");
}
