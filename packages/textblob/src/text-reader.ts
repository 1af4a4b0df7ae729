import { unitKinds } from "./unit-kinds.ts";
import { addToHash, EMPTY_HASH } from "./word-table.ts";

/** The preprocessed form of a text. */
export interface TextReader {
  /** The code units, followed by spaces. */
  readonly units: Uint16Array;
  /** The sorted offsets of units that are not WORD, then the end of the text. */
  readonly edges: Int32Array;
  /** For each edge the hash of the preceding run of WORD units. */
  readonly runHashes: Int32Array;
  /** The number of edges, without the end of the text. */
  edgeCount: number;
  /** The number of code units. */
  length: number;
  /** Whether all units are ASCII. */
  isAscii: boolean;
  /** Reads the next text. */
  read(text: string): void;
}

/**
 * Creates a reader for texts of up to `capacity` code units.
 *
 * The parts of an engine are functions with constants in their scope, instead of classes or modules with variables. This
 * lets V8 compile the addresses of the arrays into the code, which accounts for 20 % of the speed. (Bundlers turn constants
 * of a module into variables.)
 */
export function createReader(capacity: number): TextReader {
  const kinds = unitKinds;
  const units = new Uint16Array(capacity + 2);
  const edges = new Int32Array(capacity + 1);
  const runHashes = new Int32Array(capacity + 1);
  const reader: TextReader = { units, edges, runHashes, edgeCount: 0, length: 0, isAscii: true, read };
  return reader;

  // One pass without branches that depend on the text: the ends of words are unpredictable, and one misprediction per
  // word would cost more than everything else.
  function read(text: string): void {
    const { length } = text;
    let count = 0;
    let hash = EMPTY_HASH;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      units[at] = unit;
      all |= unit;
      // Written for each unit; kept only if the count increases.
      edges[count] = at;
      runHashes[count] = hash;
      const edge = kinds[unit]! & 1;
      count += edge;
      hash = addToHash(hash, unit) & (edge - 1);
    }
    units[length] = 32;
    units[length + 1] = 32;
    edges[count] = length;
    runHashes[count] = hash;
    reader.edgeCount = count;
    reader.length = length;
    reader.isAscii = all < 128;
  }
}

/** Whether all units from `start` to `end` are ASCII. */
export function isAsciiRun(units: Uint16Array, start: number, end: number): boolean {
  let all = 0;
  for (let at = start; at < end; at++) all |= units[at]!;
  return all < 128;
}

/** The code point at an offset; a lone surrogate represents itself. */
export function codePointAt(units: Uint16Array, at: number): number {
  const unit = units[at]!;
  if (unit < 0xd800 || unit > 0xdbff) return unit;
  const next = units[at + 1]!;
  return next >= 0xdc00 && next <= 0xdfff ? (unit - 0xd800) * 0x400 + next - 0xdc00 + 0x10000 : unit;
}
