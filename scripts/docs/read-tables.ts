/** A row of a table: its cells by the column's title. */
export type TableRow = Readonly<Record<string, string>>;

/** Reads the rows of all tables below a heading of a Markdown page, up to the next heading of the same or a higher level. */
export function readTables(page: string, heading: string): TableRow[] {
  return parseTables(readSection(page, heading)).flatMap(([titles = [], , ...rows]) =>
    rows.map((cells) => Object.fromEntries(titles.map((title, column) => [title, cells[column] ?? ""]))),
  );
}

/** Returns the texts in backticks. */
export function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);
}

function readSection(page: string, heading: string): string {
  const [, level = "", section] = new RegExp(`^(#+) ${heading}$(.*)`, "ms").exec(page) ?? [];
  if (section === undefined) throw new Error(`the page has no heading ${heading}`);
  return section.split(new RegExp(`^#{1,${level.length}} `, "m"), 1)[0]!;
}

/** Returns the cells of each line of each table. */
function parseTables(section: string): string[][][] {
  return [...section.matchAll(/(?:^\|.*\n?)+/gm)].map(([table]) =>
    table
      .trimEnd()
      .split("\n")
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
  );
}
