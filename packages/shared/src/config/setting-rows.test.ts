import { defineCommand } from "@platform/cli/command";
import * as v from "valibot";
import { setting } from "./setting.ts";
import { settingOption, settingRows, settingsSection } from "./setting-rows.ts";
import { duration, httpUrl, integer, list, secretName } from "./settings.ts";

const settings = {
  URL: setting("the server", httpUrl()),
  PEER: setting("another server", v.optional(httpUrl()), { unset: "none" }),
  LIMIT: setting("largest body", integer({ fallback: 5, min: 1, max: 9, unit: "bytes" })),
  TIMEOUT: setting("replaced", setting("time limit", duration("5s"))),
  NAMES: setting("some names", v.optional(list(v.string()), "a,b")),
};

it("converts settings to rows, with the facts of their schemas", () => {
  expect(settingRows(settings)).toEqual([
    { name: "URL", description: "the server", values: "a URL", required: true },
    { name: "PEER", description: "another server", values: "a URL", unset: "none", required: false },
    { name: "LIMIT", description: "largest body", values: "1 to 9 bytes", fallback: "5", required: false },
    { name: "TIMEOUT", description: "replaced", values: "a duration", fallback: "5s", required: false },
    { name: "NAMES", description: "some names", fallback: "a,b", required: false },
  ]);
});

it("reports a setting without a description", () => {
  expect(() => settingRows({ ...settings, KEY: secretName() })).toThrow("the setting KEY has no description");
});

it("lists settings in a help text, as a section and as options", () => {
  const { URL, PEER, ...rest } = settings;
  const command = defineCommand({
    name: "tool",
    summary: "Does it.",
    options: { limit: settingOption(rest, "LIMIT", { short: "l", value: "N" }) },
    sections: [settingsSection({ URL, PEER, TIMEOUT: rest.TIMEOUT })],
  });
  expect(command.help()).toContain(`
  -l, --limit N  largest body (default 5; also LIMIT)
`);
  expect(command.help()).toContain(`
Settings, from the environment:
  URL      the server (a URL; required)
  PEER     another server (a URL; unset: none)
  TIMEOUT  replaced (a duration; default 5s)
`);
});
