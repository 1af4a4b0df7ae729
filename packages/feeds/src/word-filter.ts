/** Creates a filter for texts with at least one of these words, case-insensitive. Without words, every text passes. */
export function wordFilter(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => true;
  const pattern = new RegExp(words.map(toPattern).join("|"), "iu");
  return (text) => pattern.test(text.normalize("NFC"));
}

/** Scripts that write words without spaces between them. */
const isUnspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const letter = "[\\p{L}\\p{M}\\p{N}_]";

const startsWithLetter = new RegExp(`^${letter}`, "u");
const endsWithLetter = new RegExp(`${letter}$`, "u");

function toPattern(word: string): string {
  const escaped = word.normalize("NFC").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  if (isUnspaced.test(word)) return escaped;
  // A word boundary is needed only where the word begins or ends with a letter.
  const before = startsWithLetter.test(word) ? `(?<!${letter})` : "";
  const after = endsWithLetter.test(word) ? `(?!${letter})` : "";
  return before + escaped + after;
}
