import { unitKinds } from "./unit-kinds.ts";
import { addToHash, EMPTY_HASH } from "./word-table.ts";

/** A text as everything else works on it. */
export interface TextReader {
  /** The code units, with spaces behind them. */
  readonly units: Uint16Array;
  /** Where the units stand that are no WORD, in order, and at last the end of the text. */
  readonly edges: Int32Array;
  /** The hash of the run of WORD units before each edge. */
  readonly runHashes: Int32Array;
  /** How many edges there are, without the end of the text. */
  edgeCount: number;
  /** How many code units there are. */
  length: number;
  /** Whether all of them are ASCII. */
  isAscii: boolean;
  /** Reads the next text. */
  read(text: string): void;
}

/**
 * A reader for texts of up to `capacity` code units.
 *
 * This and the other parts of an engine are functions with constants in their scope, not classes and not modules with
 * variables: only so V8 compiles the places of the arrays into the code, which makes a fifth of the speed. (Bundlers
 * turn constants of a module into variables.)
 */
export function createReader(capacity: number): TextReader {
  const kinds = unitKinds;
  const units = new Uint16Array(capacity + 2);
  const edges = new Int32Array(capacity + 1);
  const runHashes = new Int32Array(capacity + 1);
  const reader: TextReader = { units, edges, runHashes, edgeCount: 0, length: 0, isAscii: true, read };
  return reader;

  // Once over the text, without a branch that depends on what is read: where words end cannot be predicted, and a
  // wrong prediction for each word would cost more than all the rest.
  function read(text: string): void {
    const { length } = text;
    let count = 0;
    let hash = EMPTY_HASH;
    let all = 0;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      units[at] = unit;
      all |= unit;
      // Written at each unit, kept only where the count goes up.
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

/** The code point at a place; a surrogate without its partner stands for itself. */
export function codePointAt(units: Uint16Array, at: number): number {
  const unit = units[at]!;
  if (unit < 0xd800 || unit > 0xdbff) return unit;
  const next = units[at + 1]!;
  return next >= 0xdc00 && next <= 0xdfff ? (unit - 0xd800) * 0x400 + next - 0xdc00 + 0x10000 : unit;
}
