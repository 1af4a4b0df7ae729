import { settingsTable } from "./settings-table.ts";

it("lists settings as an aligned Markdown table", () => {
  const table = settingsTable([
    { name: "URL", description: "the server", values: "a URL", required: true },
    { name: "MODE", description: "a|b; needs KAFKA_TLS=true", fallback: "5s", required: false },
    { name: "HOST", description: "the host", unset: "every address", required: false },
  ]);
  expect(table).toBe(`| setting | default       | values | description                  |
| ------- | ------------- | ------ | ---------------------------- |
| \`URL\`   | required      | a URL  | the server                   |
| \`MODE\`  | \`5s\`          |        | a\\|b; needs \`KAFKA_TLS=true\` |
| \`HOST\`  | every address |        | the host                     |`);
});
