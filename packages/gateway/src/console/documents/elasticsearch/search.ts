import type { estypes } from "@elastic/elasticsearch";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import type { DocumentSearch, FoundDocuments } from "../document-store.ts";
import type { StoredDocument } from "../scored-post.ts";
import type { SortField } from "../view.ts";
import type { Ask } from "./ask.ts";
import { documentFields, elasticsearchQuery } from "./query.ts";
import { readTotal } from "./summarize-window.ts";

type Hit = estypes.SearchHit<StoredDocument>;

/**
 * A position between documents. Elasticsearch cannot sort by `_id`, so documents may have equal sort values. The position may then
 * be within a group of equal documents, which is read whole and ordered here.
 */
interface ResultPosition {
  /** The sort values of the document before the group; null at the beginning. */
  before: estypes.SortResults | null;
  /** The number of documents between `before` and the position. */
  skip: number;
}

/** Maximum hits of a search; a larger group of equal documents is cut. */
const maxHits = 10_000;
/** Less than every real value. */
const minValue = -1_000_000_000_000;

/** Searches Elasticsearch. The embedded store returns the same documents in the same order. */
export async function searchElasticsearch(ask: Ask, search: DocumentSearch): Promise<FoundDocuments> {
  const { size, cursor } = search;
  const start = cursor === undefined ? { before: null, skip: 0 } : readPosition(cursor, search.sort);
  const end = start.skip + size;
  let { hits, total } = await read(ask, search, start, end + 1);
  for (let wanted = end + 1; isCutInGroup(hits, end, wanted) && wanted < maxHits; ) {
    wanted = Math.min(maxHits, wanted * 4);
    ({ hits, total } = await read(ask, search, start, wanted));
  }
  sortGroups(hits);
  const shown = hits.slice(start.skip, end);
  return {
    documents: shown.map(({ _index, _id, _source }) => ({
      index: _index,
      id: _id!,
      document: _source ?? {},
    })),
    total,
    next: hits.length > end ? encodePosition(positionAfter(hits, end, start)) : null,
  };
}

async function read(ask: Ask, search: DocumentSearch, { before }: ResultPosition, size: number) {
  const { condition, sort, isDescending, isCounted = true, signal } = search;
  const { hits } = await ask(
    {
      size: Math.min(maxHits, size),
      track_total_hits: isCounted,
      query: elasticsearchQuery(condition),
      sort: toSort(sort, isDescending),
      ...(before !== null && { search_after: before }),
    },
    signal,
  );
  return { hits: hits.hits, total: readTotal(hits.total) };
}

function toSort(chosen: SortField, isDescending: boolean): estypes.SortCombinations[] {
  const by = (field: string, unmappedType: "date" | "float", descends: boolean) => ({
    [field]: { order: descends ? "desc" : "asc", unmapped_type: unmappedType, missing: minValue } as const,
  });
  const dates = { scored: "Date", started: "X-Start-Time", created: "twitter.created_at" };
  const type = chosen === "polarity" || chosen === "subjectivity" ? "float" : "date";
  return [
    by(documentFields[chosen], type, isDescending),
    ...Object.entries(dates)
      .filter(([name]) => name !== chosen)
      .map(([, field]) => by(field, "date", true)),
    { [documentFields.author]: { order: "asc", unmapped_type: "keyword", missing: "_first" } as const },
  ];
}

/** Whether the size limit cut the hits within the group of the page's last document. */
function isCutInGroup(hits: readonly Hit[], end: number, wanted: number): boolean {
  return hits.length === wanted && isSameGroup(hits[end - 1]!, hits.at(-1)!);
}

function isSameGroup(a: Hit, b: Hit): boolean {
  return JSON.stringify(a.sort) === JSON.stringify(b.sort);
}

/** Orders equal documents by index and id. */
function sortGroups(hits: Hit[]): void {
  for (let first = 0; first < hits.length; ) {
    let next = first + 1;
    while (next < hits.length && isSameGroup(hits[first]!, hits[next]!)) next += 1;
    const group = hits.slice(first, next).sort(compareKeys);
    hits.splice(first, group.length, ...group);
    first = next;
  }
}

function compareKeys(a: Hit, b: Hit): number {
  return compareBytes(a._index, b._index) || compareBytes(a._id!, b._id!);
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Returns the position after the first `end` hits. */
function positionAfter(hits: readonly Hit[], end: number, { before }: ResultPosition): ResultPosition {
  let first = end - 1;
  while (first > 0 && isSameGroup(hits[first - 1]!, hits[end - 1]!)) first -= 1;
  return { before: first === 0 ? before : hits[first - 1]!.sort!, skip: end - first };
}

function encodePosition({ before, skip }: ResultPosition): string {
  return encodeCursor([skip, before]);
}

function readPosition(cursor: string, sort: SortField): ResultPosition {
  const isPosition = (value: unknown): value is [skip: number, before: estypes.SortResults | null] => {
    if (!Array.isArray(value) || value.length !== 2) return false;
    const [skip, before] = value as unknown[];
    const isCount = Number.isSafeInteger(skip) && (skip as number) >= 0 && (skip as number) < maxHits;
    return isCount && (before === null || isSortValues(before, sort));
  };
  const [skip, before] = decodeCursor(cursor, isPosition);
  return { skip, before };
}

/** Whether a value is the list of a search's sort values: numbers, and the author last. */
function isSortValues(values: unknown, sort: SortField): boolean {
  if (!Array.isArray(values) || values.length !== toSort(sort, true).length) return false;
  const author: unknown = values.at(-1);
  return (author === null || typeof author === "string") && values.slice(0, -1).every(Number.isFinite);
}
