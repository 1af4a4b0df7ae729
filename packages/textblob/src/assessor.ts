import type { AssessmentLog } from "./assessment-log.ts";
import type { TokenList } from "./token-list.ts";
import {
  ADVERB,
  ENDS_IN_LY,
  EXCLAMATION,
  FLAGS,
  INTENSITIES,
  IRONY,
  LAST_NEGATION,
  LAST_OF_LEXICON,
  LENGTHS,
  POLARITIES,
  PROFANITY,
  SUBJECTIVITIES,
} from "./vocabulary.ts";

/** Scores sentences from the tokens in a list. */
export interface Assessor {
  /** The means of the last assessed sentence. */
  polarity: number;
  subjectivity: number;
  /** Assesses the sentence in the list; records the assessments in the log, if given. */
  assess(log?: AssessmentLog): void;
}

const clamp = (x: number): number => Math.max(-1, Math.min(x, 1));

/**
 * Creates the assessor of an engine: pattern's `Sentiment.assessments`. The operations on doubles have the order of the
 * original, so that every bit is equal.
 */
export function createAssessor(tokens: TokenList): Assessor {
  const { code: codes, known, keeps } = tokens;
  const polarities = POLARITIES;
  const subjectivities = SUBJECTIVITIES;
  const intensities = INTENSITIES;
  const flags = FLAGS;
  const lengths = LENGTHS;
  const lastOfLexicon = LAST_OF_LEXICON;
  const lastNegation = LAST_NEGATION;
  const assessor: Assessor = { polarity: 0, subjectivity: 0, assess };
  return assessor;

  function assess(log?: AssessmentLog): void {
    const { knownCount } = tokens;
    let polaritySum = 0;
    let subjectivitySum = 0;
    let entries = 0;
    // The last entry; earlier entries are final and included in the sums.
    let polarity = 0;
    let subjectivity = 0;
    let intensity = 1;
    let isNegated = false;
    // State that applies to the next known word: the flags of the modifier, the index plus one of the negation.
    let modifier = 0;
    let negation = 0;

    for (let at = 0; at < knownCount; at++) {
      const index = known[at]!;
      const code = codes[index]!;
      modifier &= -(keeps[at]! & 1);
      negation &= -(keeps[at]! >> 1);

      if (code === EXCLAMATION) {
        if (entries === 0) continue;
        polarity = clamp(polarity * 1.25);
        log?.append(index);
        continue;
      }
      if (code > lastOfLexicon && code <= lastNegation) {
        negation = index + 1;
        if (modifier & ENDS_IN_LY) {
          isNegated = true;
          log?.append(index);
          negation = 0;
        } else if (lengths[code]! > 2) modifier = 0;
        continue;
      }

      const isWord = code > 0 && code <= lastOfLexicon;
      if (isWord && modifier !== 0) {
        polarity = clamp(polarities[code]! * intensity);
        subjectivity = clamp(subjectivities[code]! * intensity);
        log?.extend(index, flags[code]! & PROFANITY ? "profanity" : null);
      } else {
        if (entries++ > 0) {
          if (isNegated) polarity *= -0.5;
          polaritySum += polarity;
          subjectivitySum += subjectivity;
          log?.close(polarity, subjectivity);
        }
        polarity = code === IRONY ? 0 : polarities[code]!;
        subjectivity = code === IRONY ? 1 : subjectivities[code]!;
        isNegated = false;
        log?.open(
          index,
          isWord ? (flags[code]! & PROFANITY ? "profanity" : null) : code === IRONY ? "irony" : "mood",
        );
      }

      if (isWord) {
        intensity = intensities[code]!;
        if (negation !== 0) {
          intensity = 1 / intensity;
          isNegated = true;
          log?.negate(negation - 1);
          negation = 0;
        }
        modifier = flags[code]! & ADVERB ? flags[code]! : 0;
      } else {
        intensity = 1;
        // For a pending modifier or negation, an emoticon or (!) is an unknown word, whose length decides.
        const length = code === IRONY ? 3 : lengths[code]!;
        if (length > 1) negation = 0;
        if (length > 2) modifier = 0;
      }
    }

    if (entries > 0) {
      if (isNegated) polarity *= -0.5;
      polaritySum += polarity;
      subjectivitySum += subjectivity;
      log?.close(polarity, subjectivity);
    }
    assessor.polarity = polaritySum / (entries || 1);
    assessor.subjectivity = subjectivitySum / (entries || 1);
  }
}
