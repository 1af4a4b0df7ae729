import type { estypes } from "@elastic/elasticsearch";
import type { Bounds, Condition, DateField, NumberField } from "../search/condition.ts";

type Query = estypes.QueryDslQueryContainer;

/** The fields of documents. */
export const documentFields = {
  author: "twitter.handle",
  user: "twitter.user",
  polarity: "polarity",
  subjectivity: "subjectivity",
  sentences: "sentence_count",
  scored: "Date",
  created: "twitter.created_at",
} as const;

/** Converts a condition to a query of Elasticsearch without relevance scores, because documents are sorted by fields. */
export function elasticsearchQuery(condition: Condition | undefined): Query {
  return condition === undefined ? { match_all: {} } : { bool: { filter: [translate(condition)] } };
}

function translate(condition: Condition): Query {
  switch (condition.kind) {
    case "all":
      return { bool: { filter: condition.of.map(translate) } };
    case "any":
      return { bool: { should: condition.of.map(translate), minimum_should_match: 1 } };
    case "not":
      return { bool: { must_not: [translate(condition.of)] } };
    case "phrase":
      return { match_phrase: { "twitter.msg": { query: condition.text, analyzer: "standard" } } };
    case "equals":
      return equals(condition);
    case "range":
      return { range: { [documentFields[condition.field]]: toRange(condition.field, condition.bounds) } };
  }
}

function equals({ field, value }: Extract<Condition, { kind: "equals" }>): Query {
  if (field === "id") return { ids: { values: [value] } };
  if (field === "index") return { term: { _index: { value } } };
  return { term: { [documentFields[field]]: { value, case_insensitive: true } } };
}

function toRange(field: NumberField | DateField, { above, atLeast, below, atMost }: Bounds) {
  return {
    ...(above !== undefined && { gt: above }),
    ...(atLeast !== undefined && { gte: atLeast }),
    ...(below !== undefined && { lt: below }),
    ...(atMost !== undefined && { lte: atMost }),
    ...((field === "scored" || field === "created") && { format: "epoch_millis" }),
  };
}
