import { SearchError } from "./search-error.ts";

/** A token of a search and its index. */
export interface Piece {
  text: string;
  at: number;
}

const operators = ["AND", "OR", "NOT"] as const;
type Operator = (typeof operators)[number];

const spaces = /\s*/y;
const bareText = /[^\s()"]+/y;
const quotedText = /"((?:[^"\\]|\\["\\])*)"/y;
const fieldName = /([A-Za-z_][\w.]*):(?=\S)/y;
/** The unsupported syntax of Elasticsearch's query string. */
const unsupported = /[*?~^\\[\]{}]|&&|\|\||^[-+!/=<>]/;
const hints: Readonly<Record<string, string>> = {
  "-": "; use NOT to exclude",
  "!": "; use NOT to exclude",
  "&&": "; use AND",
  "||": "; use OR",
};

/** Tokenizes a search, and skips spaces between tokens. */
export class SearchReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpaces();
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** Whether the conjunction ends here. */
  get endsConjunction(): boolean {
    return this.isAtEnd || this.isAt(")") || this.#operator() === "OR";
  }

  isAt(sign: string): boolean {
    return this.#text.startsWith(sign, this.#at);
  }

  /** Consumes a sign if it is next. @returns whether it was */
  take(sign: string): boolean {
    if (!this.isAt(sign)) return false;
    this.#advance(sign.length);
    return true;
  }

  /** Consumes an operator if it is next. @returns whether it was */
  takeOperator(operator: Operator): boolean {
    return this.#operator() === operator && this.take(operator);
  }

  /** Reads a field name and its colon if a value follows immediately. */
  takeFieldName(): Piece | undefined {
    const at = this.#at;
    const match = this.#match(fieldName);
    return match && { text: match[1]!, at };
  }

  /** Reads a word, or a text in quotes. @throws SearchError if neither is next */
  takeText(): Piece {
    const at = this.#at;
    if (this.isAt('"')) {
      const quoted = this.#match(quotedText);
      if (quoted === undefined) throw this.error("the closing quote is missing");
      return { text: quoted[1]!.replace(/\\(.)/gs, "$1"), at };
    }
    const word = this.takeWord();
    const problem = unsupported.exec(word.text);
    if (problem !== null) {
      const [sign] = problem;
      throw new SearchError({
        at: at + problem.index,
        problem: `"${sign}" is not supported here${hints[sign] ?? "; quote text that contains it"}`,
      });
    }
    return word;
  }

  /** Reads up to the next space, quote or parenthesis. @throws SearchError if the word is empty or an operator */
  takeWord(pattern: RegExp = bareText): Piece {
    const at = this.#at;
    const operator = this.#operator();
    if (operator !== undefined) throw this.error(`a word is missing before ${operator}`);
    const match = this.#match(pattern);
    if (match === undefined) {
      throw this.error(this.isAtEnd ? "a word is missing at the end" : `unexpected "${this.#text[at]}"`);
    }
    return { text: match[0], at };
  }

  /** Creates an error at the current position. */
  error(problem: string): SearchError {
    return new SearchError({ at: this.#at, problem });
  }

  #operator(): Operator | undefined {
    bareText.lastIndex = this.#at;
    const word = bareText.exec(this.#text)?.[0];
    return operators.find((operator) => operator === word);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    // A field's value follows without a space.
    if (pattern === fieldName) this.#at += match[0].length;
    else this.#advance(match[0].length);
    return match;
  }

  #advance(length: number): void {
    this.#at += length;
    this.#skipSpaces();
  }

  #skipSpaces(): void {
    spaces.lastIndex = this.#at;
    this.#at += spaces.exec(this.#text)![0].length;
  }
}
