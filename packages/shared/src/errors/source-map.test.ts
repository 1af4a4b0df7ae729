import { SourceMap as NodeSourceMap } from "node:module";
import { buildSync } from "esbuild";
import { findSources } from "./source-map.ts";

/** A bundle of this package's own files, minified so that many mappings share a line. */
const { outputFiles } = buildSync({
  entryPoints: [`${__dirname}/problem.ts`, `${__dirname}/describe-error.ts`],
  bundle: true,
  minify: true,
  platform: "node",
  sourcemap: "external",
  outdir: __dirname,
  write: false,
});
const bundles = [0, 2].map((at) => ({
  code: outputFiles[at + 1]!.text,
  map: JSON.parse(outputFiles[at]!.text),
}));

it("finds the same source positions as Node.js", () => {
  for (const { code, map } of bundles) {
    const positions = code
      .split("\n")
      .flatMap((text, line) =>
        Array.from({ length: text.length }, (_, column) => ({ line: line + 1, column: column + 1 })),
      );
    expect(positions.length).toBeGreaterThan(1_000);
    const oracle = new NodeSourceMap({ ...map, file: "", sourceRoot: "" });
    const expected = positions.map(({ line, column }) => {
      const entry = oracle.findEntry(line - 1, column - 1);
      if (!("originalSource" in entry) || entry.generatedLine !== line - 1) return undefined;
      return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    });
    expect(findSources(map, positions)).toEqual(expected);
    const [backwards] = findSources(map, [...positions].reverse());
    expect(backwards).toBe(expected.at(-1));
  }
});

it("returns no position for a line that is not in the map", () => {
  const map = { sources: ["a.ts"], mappings: ";AAAA" };
  expect(
    findSources(map, [
      { line: 1, column: 1 },
      { line: 2, column: 9 },
      { line: 3, column: 1 },
    ]),
  ).toEqual([undefined, "a.ts:1:1", undefined]);
});
