import type { Assessment, Label } from "./assessment.ts";
import type { TokenList } from "./token-list.ts";

/** Writes down the assessments of a sentence while they are made. */
export class AssessmentLog {
  readonly assessments: Assessment[] = [];
  readonly #tokens: TokenList;
  #words: string[] = [];
  #label: Label = null;

  constructor(tokens: TokenList) {
    this.#tokens = tokens;
  }

  /** A new assessment begins with the token `index`. */
  open(index: number, label: Label): void {
    this.#words = [this.#word(index)];
    this.#label = label;
  }

  /** A known word joins the modifier before it and decides the label. */
  extend(index: number, label: Label): void {
    this.#words.push(this.#word(index));
    this.#label = label;
  }

  /** The token is a negation found before the assessment's words. */
  negate(index: number): void {
    this.#words.unshift(this.#word(index));
  }

  /** The token is an exclamation mark or a negation behind the assessment's words. */
  append(index: number): void {
    this.#words.push(this.#word(index));
  }

  /** The assessment has got its final numbers. */
  close(polarity: number, subjectivity: number): void {
    this.assessments.push({ words: this.#words, polarity, subjectivity, label: this.#label });
  }

  #word(index: number): string {
    return this.#tokens.wordAt(index);
  }
}
