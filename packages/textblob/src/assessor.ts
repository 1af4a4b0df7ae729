import type { AssessmentLog } from "./assessment-log.ts";
import type { TokenList } from "./token-list.ts";
import {
  ADVERB,
  ENDS_IN_LY,
  EXCLAMATION,
  flagsOf,
  IRONY,
  intensityOf,
  LAST_NEGATION,
  LAST_OF_LEXICON,
  lengthOf,
  PROFANITY,
  polarityOf,
  subjectivityOf,
} from "./vocabulary.ts";

/** Scores the sentences whose tokens are in a list. */
export interface Assessor {
  /** The means of the sentence assessed last. */
  polarity: number;
  subjectivity: number;
  /** Assesses the sentence in the list; writes the assessments down if there is a log. */
  assess(log?: AssessmentLog): void;
}

const clamp = (x: number): number => Math.max(-1, Math.min(x, 1));

/**
 * The assessor of an engine: pattern's `Sentiment.assessments`. Every operation on doubles stands in the order of the
 * original, so that every bit is the same.
 */
export function createAssessor(tokens: TokenList): Assessor {
  const { code: codes, known, keeps } = tokens;
  const polarities = polarityOf;
  const subjectivities = subjectivityOf;
  const intensities = intensityOf;
  const flags = flagsOf;
  const lengths = lengthOf;
  const lastOfLexicon = LAST_OF_LEXICON;
  const lastNegation = LAST_NEGATION;
  const assessor: Assessor = { polarity: 0, subjectivity: 0, assess };
  return assessor;

  function assess(log?: AssessmentLog): void {
    const { knownCount } = tokens;
    let polaritySum = 0;
    let subjectivitySum = 0;
    let entries = 0;
    // The last entry; earlier ones can no longer change and are in the sums.
    let polarity = 0;
    let subjectivity = 0;
    let intensity = 1;
    let isNegated = false;
    // What waits for a known word: the modifier by its flags, the negation by its index plus one.
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
        // An emoticon or (!) is an unknown word to what waits: its length decides.
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
