// Packs the package as for publishing, installs it in another project, and uses it with require, import and TypeScript of
// both kinds. Then measures the cost of loading it.
//
//     node scripts/check-package.mjs [node binary …]      further Node versions to try, such as 18

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, "../../package.json"), "utf8"));
const nodes = [process.execPath, ...process.argv.slice(2)];
const ROUNDS = 15;
// The target is 15 ms on an idle machine; a busy machine may take three times as long.
const MOST = { milliseconds: 45, megabytes: 15, bytes: 350_000 };

const projectFolder = mkdtempSync(join(tmpdir(), "textblob-package-"));
try {
  execFileSync("npx", ["--yes", packageManager, "pack", "--pack-destination", projectFolder], {
    cwd: root,
    stdio: "pipe",
  });
  const tarball = readdirSync(projectFolder).find((name) => name.endsWith(".tgz"));
  const installed = join(projectFolder, "node_modules/@platform/textblob");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", [
    "-xzf",
    join(projectFolder, String(tarball)),
    "-C",
    installed,
    "--strip-components=1",
  ]);
  const { size } = statSync(join(installed, "dist/index.cjs"));
  console.log(`${tarball}: ${readdirSync(installed).join(" ")}; dist/index.cjs ${size} bytes`);
  expect(size <= MOST.bytes, `dist/index.cjs is larger than ${MOST.bytes} bytes`);

  useIt(projectFolder);
  checkTypes(projectFolder);
  for (const node of nodes) measure(node, projectFolder);
} finally {
  rmSync(projectFolder, { recursive: true, force: true });
}

/** @param {string} folder */
function useIt(folder) {
  const assertion = `
    const { polarity, sentences } = analyze("Not a very good day! Great.");
    const same = score("Not a very good day! Great.");
    if (polarity !== same.polarity || sentences.length !== 2) throw new Error("another answer");
    try { splitSentences(1); throw new Error("no error"); } catch (error) { if (!(error instanceof TextTypeError)) throw error; }`;
  const names = "{ analyze, score, scoreSentences, splitSentences, TextTypeError }";
  writeFileSync(join(folder, "use.cjs"), `const ${names} = require("@platform/textblob");${assertion}`);
  writeFileSync(join(folder, "use.mjs"), `import ${names} from "@platform/textblob";${assertion}`);
  for (const node of nodes) {
    for (const file of ["use.cjs", "use.mjs"]) execFileSync(node, [file], { cwd: folder });
    console.log(`${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}: require and import work`);
  }
}

/** @param {string} folder */
function checkTypes(folder) {
  const source = `
    import { analyze, score, scoreSentences, splitSentences, TextTypeError } from "@platform/textblob";
    import type { Assessment, Label, SentenceAnalysis, SentenceScore, TextAnalysis, TextScore } from "@platform/textblob";
    const analysis: TextAnalysis = analyze("good");
    const sentence: SentenceAnalysis | undefined = analysis.sentences[0];
    const assessment: Assessment | undefined = sentence?.assessments[0];
    const label: Label | undefined = assessment?.label;
    const means: TextScore = score("good");
    const scores: SentenceScore[] = scoreSentences("good");
    const texts: string[] = splitSentences("good");
    // @ts-expect-error a text is a string
    score(1);
    export default [label, means, scores, texts, new TextTypeError(1).received];`;
  writeFileSync(join(folder, "use-types.mts"), source);
  writeFileSync(join(folder, "use-types.cts"), source);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        module: "NodeNext",
        target: "ES2022",
        strict: true,
        noEmit: true,
        types: [],
        skipLibCheck: false,
      },
      files: ["use-types.mts", "use-types.cts"],
    }),
  );
  execFileSync(join(root, "../../node_modules/.bin/tsc"), ["-p", folder], { stdio: "inherit" });
  console.log("types work for import and for require");
}

/**
 * Measures time and memory of the first require, each time in a new process.
 *
 * @param {string} node
 * @param {string} folder
 */
function measure(node, folder) {
  const probe = `
    const before = process.memoryUsage(), start = performance.now();
    const { score } = require("@platform/textblob");
    const loaded = performance.now() - start;
    score("It was not a very good day in the U.S. for Mr. Smith... Really."); const used = performance.now() - start;
    const after = process.memoryUsage();
    console.log(JSON.stringify({ loaded, used, rss: after.rss - before.rss, external: after.arrayBuffers - before.arrayBuffers }));`;
  writeFileSync(join(folder, "load.cjs"), probe);
  const runs = Array.from({ length: ROUNDS }, () =>
    JSON.parse(execFileSync(node, ["load.cjs"], { cwd: folder, encoding: "utf8" })),
  );
  /** @param {string} key */
  const sorted = (key) => runs.map((run) => run[key]).sort((a, b) => a - b);
  const [loaded, used, rss, external] = ["loaded", "used", "rss", "external"].map(sorted);
  const middle = ROUNDS >> 1;
  const mega = (/** @type {number} */ bytes) => (bytes / 2 ** 20).toFixed(1);
  console.log(
    `${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}: require ${loaded[middle].toFixed(1)} ms ` +
      `(least ${loaded[0].toFixed(1)}), with the first text ${used[middle].toFixed(1)} ms; ` +
      `resident set +${mega(rss[middle])} MB, of it array buffers up to ${mega(external[middle])} MB`,
  );
  expect(loaded[0] <= MOST.milliseconds, `loading takes more than ${MOST.milliseconds} ms`);
  expect(rss[middle] <= MOST.megabytes * 2 ** 20, `loading takes more than ${MOST.megabytes} MB`);
}

/** @param {boolean} condition @param {string} message */
function expect(condition, message) {
  if (!condition) throw new Error(message);
}
