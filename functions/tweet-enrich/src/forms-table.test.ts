import { readFileSync } from "node:fs";
import { join } from "node:path";
import { markdownTable } from "@platform/shared/config/settings-table";
import { notices } from "./notices/notices.ts";
import { postForms } from "./posts/post-forms.ts";
import { wrappers } from "./wrappers/wrappers.ts";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");

it.each([
  [
    "posts",
    ["form", "id", "date", "author", "newer version by"],
    postForms.map(({ form, id, date, author, version }) => [form, id, date, author, version]),
  ],
  ["wrappers", ["form", "where it comes from"], wrappers.map(({ form, source }) => [form, source])],
  [
    "notices",
    ["form", "`skipped`"],
    notices.map(({ form, reasons }) => [form, reasons.map((reason) => `\`${reason}\``).join(", ")]),
  ],
])("the README's table of %s matches the parsers", (name, head, rows) => {
  const [, table] = new RegExp(`<!-- ${name} -->\n\n(.*?)\n\n<!-- /${name} -->`, "s").exec(readme) ?? [];
  expect(table).toBe(markdownTable([head, ...rows]));
});
