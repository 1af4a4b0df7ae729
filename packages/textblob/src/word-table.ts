/** The initial value for {@link addToHash}. */
export const EMPTY_HASH = 0;

/**
 * Adds a code unit to the hash of a word, so a scanner can compute it incrementally. The hash ignores ASCII case (and equates a
 * few other pairs of characters, which {@link WordTable.find} distinguishes).
 */
export const addToHash = (hash: number, unit: number): number => Math.imul(hash, FACTOR) ^ (unit | 0x20);

const FACTOR = 0x01000193;

/** Returns the hash of the units from `start` to `end`. */
export function computeHash(units: Uint16Array, start: number, end: number): number {
  let hash = EMPTY_HASH;
  for (let at = start; at < end; at++) hash = addToHash(hash, units[at]!);
  return hash;
}

/** U+212A (Kelvin sign) is the only character outside of ASCII with an ASCII lower case, `k`. */
const KELVIN = 0x212a;
const SMALL_K = 0x6b;

/**
 * A hash table of lower-case words, with look-up by a part of a text without a substring: open addressing on a hash computed
 * by the caller, then a comparison of units. The look-up ignores ASCII case. No word is special: `constructor` or `__proto__`
 * is found only if it was listed. The id of a word is its number in the list, from 1.
 */
export class WordTable {
  /** The number of words. */
  readonly count: number;
  // A slot has the id of a word in its low bits and the rest of the hash above, so that one slot almost always suffices
  // to reject an unknown word.
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #list: string;
  readonly #starts: Int32Array;

  /** @param list at most 65,535 words in lower case, none twice, separated by bars */
  constructor(list: string) {
    const { length } = list;
    let count = 1;
    for (let at = list.indexOf("|"); at >= 0; at = list.indexOf("|", at + 1)) count++;
    let size = 64;
    while (size < count * 4) size *= 2;

    // A single pass with as few calls as possible, because this runs once, before V8 compiles the code.
    const slots = new Int32Array(size);
    const starts = new Int32Array(count + 2);
    const mask = size - 1;
    const { imul } = Math;
    let id = 1;
    let hash = EMPTY_HASH;
    for (let at = 0; at <= length; at++) {
      const unit = at === length ? BAR : list.charCodeAt(at);
      if (unit !== BAR) {
        hash = imul(hash, FACTOR) ^ (unit | 0x20); // addToHash
        continue;
      }
      const mixed = spread(hash);
      let slot = mixed & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (mixed & ~ID_MASK) | id;
      starts[++id] = at + 1;
      hash = EMPTY_HASH;
    }
    this.count = count;
    this.#slots = slots;
    this.#mask = mask;
    this.#starts = starts;
    this.#list = list;
  }

  /** Returns the word with an id. */
  word(id: number): string {
    return this.#list.slice(this.#starts[id], this.#starts[id + 1]! - 1);
  }

  /**
   * Returns the id of the word in `units` from `start` to `end`, or 0. Takes the hash of these units, which must not contain the
   * Kelvin sign.
   */
  find(hash: number, units: Uint16Array, start: number, end: number): number {
    const mixed = spread(hash);
    const slots = this.#slots;
    let at = mixed & this.#mask;
    for (let slot = slots[at]!; slot !== 0; slot = slots[at]!) {
      if (((slot ^ mixed) & ~ID_MASK) === 0 && this.#is(slot & ID_MASK, units, start, end))
        return slot & ID_MASK;
      at = (at + 1) & this.#mask;
    }
    return 0;
  }

  /** Like find, for any units, without their hash. */
  lookUp(units: Uint16Array, start: number, end: number): number {
    let hash = EMPTY_HASH;
    let hasKelvin = false;
    for (let at = start; at < end; at++) {
      const isKelvin = units[at] === KELVIN;
      if (isKelvin) hasKelvin = true;
      hash = addToHash(hash, isKelvin ? SMALL_K : units[at]!);
    }
    if (!hasKelvin) return this.find(hash, units, start, end);
    const word = units.slice(start, end).map((unit) => (unit === KELVIN ? SMALL_K : unit));
    return this.find(hash, word, 0, word.length);
  }

  #is(id: number, units: Uint16Array, start: number, end: number): boolean {
    const shift = this.#starts[id]! - start;
    if (this.#starts[id + 1]! - 1 - shift !== end) return false;
    const list = this.#list;
    // A letter matches as it is or without the bit 0x20. One comparison at the end, because most candidates match.
    let difference = 0;
    for (let at = start; at < end; at++) {
      const own = list.charCodeAt(at + shift);
      difference |= (units[at]! | (own >= 97 && own <= 122 ? 0x20 : 0)) ^ own;
    }
    return difference === 0;
  }
}

const BAR = 124;

/** The mask of the low bits of a slot. */
const ID_MASK = 0xffff;

/** Mixes all bits of a hash into the low bits, which are the slot number. */
const spread = (hash: number): number => {
  const mixed = Math.imul(hash, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};
