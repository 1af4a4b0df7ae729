/** A condition on documents. Both stores translate it: see elasticsearch/query.ts and embedded/condition-sql.ts. */
export type Condition =
  | { kind: "all" | "any"; of: readonly Condition[] }
  | { kind: "not"; of: Condition }
  /** The text contains these tokens in sequence. */
  | { kind: "phrase"; text: string }
  /** The field equals the value, ignoring the case of A to Z except for `id` and `index`. */
  | { kind: "equals"; field: KeywordField; value: string }
  | { kind: "range"; field: NumberField | DateField; bounds: Bounds };

export type KeywordField = "author" | "user" | "id" | "index";
export type NumberField = "polarity" | "subjectivity" | "sentences";
export type DateField = "scored" | "created";

/** The bounds of a range; dates are milliseconds since 1970. */
export interface Bounds {
  above?: number;
  atLeast?: number;
  below?: number;
  atMost?: number;
}

/** Combines conditions with AND. */
export function joinConditions(conditions: readonly Condition[]): Condition {
  return conditions.length === 1 ? conditions[0]! : { kind: "all", of: conditions };
}
