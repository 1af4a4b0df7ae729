import type { Assessment, Label } from "./assessment.ts";
import type { TokenList } from "./token-list.ts";

/** Records the assessments of a sentence. */
export class AssessmentLog {
  readonly assessments: Assessment[] = [];
  readonly #tokens: TokenList;
  #words: string[] = [];
  #label: Label = null;

  constructor(tokens: TokenList) {
    this.#tokens = tokens;
  }

  /** Starts an assessment with the token `index`. */
  open(index: number, label: Label): void {
    this.#words = [this.#word(index)];
    this.#label = label;
  }

  /** Adds a known word to the preceding modifier; the word determines the label. */
  extend(index: number, label: Label): void {
    this.#words.push(this.#word(index));
    this.#label = label;
  }

  /** Adds a negation before the words of the assessment. */
  negate(index: number): void {
    this.#words.unshift(this.#word(index));
  }

  /** Adds an exclamation mark or a negation after the words of the assessment. */
  append(index: number): void {
    this.#words.push(this.#word(index));
  }

  /** Sets the final scores of the assessment. */
  close(polarity: number, subjectivity: number): void {
    this.assessments.push({ words: this.#words, polarity, subjectivity, label: this.#label });
  }

  #word(index: number): string {
    return this.#tokens.wordAt(index);
  }
}
