import type { Bounds, Condition } from "../console/documents/search/condition.ts";
import { indexedTokens } from "./indexed-tokens.ts";

/** A part of an SQL statement and its parameters. */
export interface Sql {
  text: string;
  values: (string | number)[];
}

/** Translates a condition to an expression on the table `document`. */
export function conditionSql(condition: Condition | undefined): Sql {
  if (condition === undefined) return { text: "true", values: [] };
  switch (condition.kind) {
    case "all":
      return join(condition.of, " and ");
    case "any":
      return join(condition.of, " or ");
    case "not": {
      const { text, values } = conditionSql(condition.of);
      // A comparison with a missing field is null in SQL.
      return { text: `(${text}) is not true`, values };
    }
    case "phrase": {
      const text = "number in (select rowid from document_text where document_text match ?)";
      return { text, values: [`"${indexedTokens(condition.text)}"`] };
    }
    case "equals":
      return equals(condition);
    case "range":
      return range(condition.field, condition.bounds);
  }
}

function join(conditions: readonly Condition[], operator: string): Sql {
  const parts = conditions.map(conditionSql);
  return {
    text: `(${parts.map(({ text }) => text).join(operator)})`,
    values: parts.flatMap(({ values }) => values),
  };
}

const keywordColumns = {
  author: "handle collate nocase = ?",
  user: "name collate nocase = ?",
  id: "id = ?",
  index: '"index" = ?',
};

function equals({ field, value }: Extract<Condition, { kind: "equals" }>): Sql {
  return { text: keywordColumns[field], values: [value] };
}

function range(column: string, { above, atLeast, below, atMost }: Bounds): Sql {
  const comparisons = [
    [">", above],
    [">=", atLeast],
    ["<", below],
    ["<=", atMost],
  ] as const;
  const used = comparisons.filter(([, bound]) => bound !== undefined);
  return {
    text: `(${[`${column} is not null`, ...used.map(([sign]) => `${column} ${sign} ?`)].join(" and ")})`,
    values: used.map(([, bound]) => bound!),
  };
}
