import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The files that repeat the version of package.json, each with a pattern for it: the first group is the text before the version.
 *
 * @type {readonly (readonly [file: string, pattern: RegExp])[]}
 */
const versionPatterns = [
  ["packages/textblob/package.json", /^( {2}"version": ")[^"]+/gm],
  ["stack.yml", /(\$\{TAG:-)[^}]+/g],
  ["stack.auth.yml", /(\$\{TAG:-)[^}]+/g],
  ["deploy/components/images/kustomization.yaml", /(newName: serverless-data-platform\/\S+\s+newTag: )\S+/g],
  ["deploy/images.txt", /(^serverless-data-platform\/[\w-]+:)\S+/gm],
  ["README.md", /(^Version )\d[\w.-]*(?=;)/gm],
  ["packages/bootnode-registrar/README.md", /(serverless-data-platform\/[\w-]+:)\d[\w.-]*/g],
  ["packages/kafka-connector/README.md", /(serverless-data-platform\/[\w-]+:)\d[\w.-]*/g],
];

/**
 * Returns the files that must change for a version, with their new contents.
 *
 * @param {string} root the folder of the repo
 * @param {string} version
 * @returns {{ file: string, text: string }[]}
 * @throws {Error} when a file does not match its pattern
 */
export function outdatedFiles(root, version) {
  return versionPatterns.flatMap(([file, pattern]) => {
    const text = readFileSync(join(root, file), "utf8");
    if (text.search(pattern) < 0) throw new Error(`${file} has no version that matches ${pattern}`);
    const updated = text.replaceAll(pattern, `$1${version}`);
    return updated === text ? [] : [{ file, text: updated }];
  });
}

/** Writes the version into each file that repeats it. @param {string} root @param {string} version @returns {string[]} the changed files */
export function writeVersion(root, version) {
  const outdated = outdatedFiles(root, version);
  for (const { file, text } of outdated) writeFileSync(join(root, file), text);
  return outdated.map(({ file }) => file);
}

/**
 * Renames the Unreleased section of the changelog to a version.
 *
 * @param {string} changelog
 * @param {string} version
 * @param {string} date yyyy-mm-dd
 */
export function releaseChangelog(changelog, version, date) {
  if (changelog.includes(`\n## [${version}]`)) return changelog;
  return changelog.replace("\n## [Unreleased]\n", `\n## [Unreleased]\n\n## [${version}] - ${date}\n`);
}
