import fc from "fast-check";
import { createSplitter } from "./sentence-splitter.ts";
import { createReader } from "./text-reader.ts";

const CAPACITY = 256;
const runs = Number(process.env.TEXTBLOB_RUNS ?? 3_000);

const piece = fc.oneof(
  fc.constantFrom(..."aAzxUS1٣éÉǅK.?!.?!.?!,-'\")(»’ \n\t\u00a0\u001c\u001d\u2028"),
  fc.constantFrom(
    "Mr",
    "co",
    "etc",
    "The",
    "word",
    "Genentech",
    "u.s",
    "-inc",
    "12",
    "...",
    "--",
    ". . .",
    ".\n\u001c",
  ),
);
const texts = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));

describe("the sentence splitter", () => {
  it(`finds an end on the fast path only where the full procedure finds one (${runs} generated texts)`, () => {
    const reader = createReader(CAPACITY);
    const splitter = createSplitter(reader, CAPACITY);
    let quick = 0;
    let asked = 0;
    fc.assert(
      fc.property(texts, (text) => {
        reader.read(text);
        for (let edge = 0; edge < reader.edgeCount; edge++) {
          const end = reader.edges[edge]!;
          if (!".?!".includes(text.charAt(end))) continue;
          const behind =
            /^[)";}\]*:@'({[‘’“”«»?!]|^[\t-\r \u0085\u00a0\u2028]+(?=[^\t-\r \u0085\u00a0\u2028])/.exec(
              text.slice(end + 1),
            );
          if (behind === null) continue;
          const next = /^\S/.test(behind[0]) ? -1 : end + 1 + behind[0].length;
          // Any word start is valid: at the start of the text or after an edge.
          for (let before = edge - 1; before >= Math.max(-1, edge - 5); before--) {
            const wordStart = before < 0 ? 0 : reader.edges[before]! + 1;
            asked++;
            if (!splitter.isPlainEnd(wordStart, edge, next)) continue;
            quick++;
            expect(splitter.isEnd(wordStart, edge, next)).toBe(true);
          }
        }
      }),
      { numRuns: runs },
    );
    expect(quick).toBeGreaterThan(asked / 20);
  });
});
