import { splitLines } from "./split-lines.ts";

function readLines(...chunks: (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const push = splitLines((line) => lines.push(line));
  for (const chunk of chunks) push(Buffer.from(chunk));
  push(undefined);
  return lines;
}

it.each([
  ["lines, the last one without a line end", ["a\nb\r\n\nc"], ["a", "b", "", "c"]],
  ["a line in several chunks", ["a", "b\nc", "\n"], ["ab", "c"]],
  ["a character in two chunks", [Buffer.from("é\n").subarray(0, 1), Buffer.from("é\n").subarray(1)], ["é"]],
  ["colours", ["\u001b[32mgreen\u001b[39m\n"], ["green"]],
])("reads %s", (_, chunks, lines) => {
  expect(readLines(...chunks)).toEqual(lines);
});

it("splits a very long line", () => {
  expect(readLines("x".repeat(40_000)).map(({ length }) => length)).toEqual([16_000, 16_000, 8_000]);
});
