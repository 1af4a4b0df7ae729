import { type Condition, joinConditions } from "./condition.ts";
import { fieldNames, findField, type SearchField } from "./fields.ts";
import { parseRange } from "./parse-range.ts";
import { SearchError } from "./search-error.ts";
import { SearchReader } from "./search-reader.ts";
import { standardTokens } from "./standard-tokens.ts";

const longest = 1_000;
const maxParts = 100;
/** Maximum depth. A level becomes two nested queries, and older versions of Elasticsearch allow 20 (indices.query.bool.max_nested_depth). */
const deepest = 7;

/**
 * Parses a search: words of the text, "phrases", `field:value`, AND, OR, NOT and parentheses, and ranges. Adjacent words
 * are joined by AND. The language is a subset of Elasticsearch's query string that the embedded store supports as well.
 *
 * @returns undefined for an empty search
 * @throws SearchError (400) with the position of the problem
 * @example parseSearch('kind author:ada NOT polarity:<0')
 */
export function parseSearch(text: string): Condition | undefined {
  if (text.length > longest)
    throw new SearchError({ at: longest, problem: `a search has at most ${longest} characters` });
  const parser = new Parser(text);
  return parser.isEmpty ? undefined : parser.parse();
}

class Parser {
  readonly #reader: SearchReader;
  #parts = 0;

  constructor(text: string) {
    this.#reader = new SearchReader(text);
  }

  get isEmpty(): boolean {
    return this.#reader.isAtEnd;
  }

  parse(): Condition {
    const condition = this.#any({ kind: "text" }, 0);
    // Only a closing parenthesis stops the parser before the end.
    if (!this.#reader.isAtEnd) throw this.#reader.error('")" has no matching "("');
    return condition;
  }

  #any(field: SearchField, depth: number): Condition {
    const of = [this.#all(field, depth)];
    while (this.#reader.takeOperator("OR")) of.push(this.#all(field, depth));
    return of.length === 1 ? of[0]! : { kind: "any", of };
  }

  #all(field: SearchField, depth: number): Condition {
    const of = [this.#not(field, depth)];
    for (;;) {
      const isJoined = this.#reader.takeOperator("AND");
      if (!isJoined && this.#reader.endsConjunction) return joinConditions(of);
      of.push(this.#not(field, depth));
    }
  }

  #not(field: SearchField, depth: number): Condition {
    const reader = this.#reader;
    if (depth > deepest) throw reader.error(`at most ${deepest} levels can be nested`);
    if (reader.takeOperator("NOT")) return { kind: "not", of: this.#not(field, depth + 1) };
    if (reader.take("(")) {
      const condition = this.#any(field, depth + 1);
      if (!reader.take(")")) throw reader.error('")" is missing');
      return condition;
    }
    return this.#part(field, depth);
  }

  /** Parses a value, with or without a field name. */
  #part(outer: SearchField, depth: number): Condition {
    const reader = this.#reader;
    this.#parts += 1;
    if (this.#parts > maxParts) throw reader.error(`a search has at most ${maxParts} parts`);
    const name = reader.takeFieldName();
    if (name === undefined) return this.#value(outer);
    const field = findField(name.text);
    if (field === undefined) {
      const problem = `unknown field "${name.text}"; allowed: ${fieldNames.join(", ")}; quote text that contains a colon`;
      throw new SearchError({ at: name.at, problem });
    }
    if (field.kind === "number" || field.kind === "date") return parseRange(reader, field);
    return reader.isAt("(") ? this.#not(field, depth) : this.#value(field);
  }

  #value(field: SearchField): Condition {
    if (field.kind === "number" || field.kind === "date") return parseRange(this.#reader, field);
    const { text, at } = this.#reader.takeText();
    if (field.kind === "keyword") return { kind: "equals", field: field.name, value: text };
    if (standardTokens(text).length === 0)
      throw new SearchError({ at, problem: "there is no letter, digit or emoji to search for" });
    return { kind: "phrase", text };
  }
}
