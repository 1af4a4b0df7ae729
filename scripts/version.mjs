// `npm run version -- X.Y.Z`: sets the version in package.json and in each file that repeats it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { root } from "./install.mjs";
import { releaseChangelog, writeVersion } from "./versioned-files.mjs";

const command = /** @type {const} */ ({
  name: "npm run version",
  summary: `Sets the version in package.json and in each file that repeats it: textblob's package.json, the image tags of
stack.yml and deploy/, and the READMEs. Gives the changelog's Unreleased section that version and today's date.`,
  operands: "X.Y.Z",
  options: {},
});

const { operands } = readCommandLine(command);
const [version] = operands;
if (version === undefined || operands.length > 1 || !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
  const typed = operands.length === 0 ? "no version is given" : `"${operands.join(" ")}" is not a version`;
  exitWithUsageError(command, new UsageError(`${typed}; an example: npm run version -- 0.2.0`));
}

/** @param {string} file @param {(text: string) => string} change */
function edit(file, change) {
  const text = readFileSync(join(root, file), "utf8");
  writeFileSync(join(root, file), change(text));
}

edit("package.json", (text) => text.replace(/^( {2}"version": ")[^"]+/m, `$1${version}`));
edit("CHANGELOG.md", (text) => releaseChangelog(text, version, new Date().toISOString().slice(0, 10)));
console.log(["package.json", "CHANGELOG.md", ...writeVersion(root, version)].join("\n"));
console.log(
  `\nNext: npm test, commit, git tag v${version}, and push the tag; release.yml publishes the release.`,
);
