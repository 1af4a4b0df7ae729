import type { SettingRow } from "./setting-rows.ts";

const head = ["setting", "default", "values", "description"];

/** The Markdown table of settings, with aligned columns. */
export function settingsTable(rows: readonly SettingRow[]): string {
  return markdownTable([head, ...rows.map(settingCells)]);
}

/**
 * The cells of a setting: name, default, values, description.
 * @public scripts/docs bundles this module
 */
export function settingCells({ name, fallback, unset, required, values, description }: SettingRow): string[] {
  const byDefault = fallback === undefined ? (unset ?? (required ? "required" : "")) : `\`${fallback}\``;
  return [`\`${name}\``, byDefault, values ?? "", withCode(description)];
}

/**
 * A Markdown table. The first line of cells is its head.
 * @public scripts/docs bundles this module
 */
export function markdownTable([header = [], ...body]: readonly (readonly string[])[]): string {
  const lines = [header, ...body].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = header.map((_, column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)));
  const [first, ...rest] = lines.map(
    (cells) => `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`,
  );
  return [first, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest].join("\n");
}

/** Formats the names of settings as code. */
function withCode(text: string): string {
  return text.replace(/\b[A-Z][A-Z\d]*(_[A-Z\d]+)+(=\w+)?/g, "`$&`");
}
