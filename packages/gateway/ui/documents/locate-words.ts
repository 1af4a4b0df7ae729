import type { WordAssessment } from "../../src/console/documents/view.ts";

/** A part of a sentence. */
export interface Segment {
  text: string;
  /** The index of the word's assessment; undefined for words without a score. */
  assessment: number | undefined;
}

/**
 * Locates the words of assessments, which are in lower case and in the order of the sentence. A word that is not found stays
 * unmarked.
 */
export function locateWords(sentence: string, assessments: readonly WordAssessment[]): Segment[] {
  const lower = sentence.toLowerCase();
  // Some characters have more code units in lower case, so lower-case positions may differ.
  if (lower.length !== sentence.length) return [{ text: sentence, assessment: undefined }];
  const segments: Segment[] = [];
  let end = 0;
  for (const [number, { words }] of assessments.entries()) {
    for (const word of words) {
      const start = indexOfWord(lower, word, end);
      if (start === -1) continue;
      if (start > end) segments.push({ text: sentence.slice(end, start), assessment: undefined });
      end = start + word.length;
      segments.push({ text: sentence.slice(start, end), assessment: number });
    }
  }
  if (end < sentence.length) segments.push({ text: sentence.slice(end), assessment: undefined });
  return segments;
}

const letter = /[\p{L}\p{N}]/u;

/** Finds the position of a word that is not part of a longer one. */
function indexOfWord(text: string, word: string, from: number): number {
  if (word === "") return -1;
  for (let start = text.indexOf(word, from); start !== -1; start = text.indexOf(word, start + 1)) {
    const before = letter.test(word[0]!) && letter.test(text[start - 1] ?? "");
    const after = letter.test(word.at(-1)!) && letter.test(text[start + word.length] ?? "");
    if (!before && !after) return start;
  }
  return -1;
}
