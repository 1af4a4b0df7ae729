import {
  type Entry,
  mayHaveEntries,
  parseJson,
  type Refusal,
  readEntry,
  readNestedEntries,
  readProblem,
  toObject,
} from "./answer-entries.ts";
import type { FunctionAnswer } from "./function-client.ts";
import { transientStatuses } from "./transient-statuses.ts";

/** A message of a call, or an item of a message that holds several. */
interface ItemPlace {
  /** The place of the message in the call. */
  index: number;
  /** The place of the item in the message, and how many items it has where the answer tells; undefined: the whole message. */
  item?: { index: number; count?: number };
}

/** A message or item that is refused for good. */
export interface RefusedItem extends ItemPlace {
  refusal: Refusal;
}

/** A message or item that has nothing to do for the function. */
interface SkippedItem extends ItemPlace {
  reason: string;
}

/** All messages of a call are delivered, except those that are named here. */
export interface Delivered {
  kind: "delivered";
  refused: readonly RefusedItem[];
  skipped: readonly SkippedItem[];
  /** The places of the messages that are to be sent again, without the others. */
  waiting: readonly number[];
}

/** How the answer to a call is interpreted for the messages of the call. */
export type Verdict =
  | Delivered
  /** The function refuses the call as a whole, with a final status. */
  | { kind: "refused"; refusal: Refusal }
  /** The same call may succeed later. */
  | { kind: "retry"; reason: string };

/**
 * The verdict on a call.
 *
 * @param count how many lines of NDJSON it had; undefined when the call was one message as it stands. An answer in NDJSON
 * to lines has entries: one for each or, where it says so, only those of items that failed or were skipped.
 */
export function verdictOf(answer: FunctionAnswer, count?: number): Verdict {
  const { status, contentType, body } = answer;
  if (status >= 200 && status < 300) {
    if (count === undefined) return verdictOnMessage(answer);
    return /^application\/(x-)?ndjson/i.test(contentType) ? verdictOnLines(answer, count) : delivered([]);
  }
  if (status >= 400 && status < 500 && !transientStatuses.has(status)) {
    return { kind: "refused", refusal: readProblem(status, body) };
  }
  return { kind: "retry", reason: `HTTP status ${status}` };
}

/** A message that is an array or a page is answered with an array of entries, a notice with `{"skipped": "…"}`. */
function verdictOnMessage({ body, contentType }: FunctionAnswer): Verdict {
  if (!/^application\/json/i.test(contentType) || !mayHaveEntries(body)) return delivered([]);
  const value = parseJson(body);
  if (Array.isArray(value)) {
    const verdict = delivered([toMessageEntries(0, readNestedEntries(value), value.length)]);
    const waits = verdict.waiting.length > 0;
    return waits ? { kind: "retry", reason: "an item of the message cannot be processed yet" } : verdict;
  }
  const { index, skipped } = toObject(value);
  if (index !== undefined || typeof skipped !== "string") return delivered([]);
  return { ...delivered([]), skipped: [{ index: 0, reason: skipped }] };
}

function verdictOnLines({ body, minimal }: FunctionAnswer, count: number): Verdict {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  if (!minimal && lines.length !== count) {
    return { kind: "retry", reason: `${lines.length} entries for ${count} messages` };
  }
  const messages: MessageEntries[] = [];
  for (const [place, line] of lines.entries()) {
    if (!minimal && !mayHaveEntries(line)) continue;
    const entries = minimal ? readMinimalLine(line) : readFullLine(line, place);
    if (entries === undefined)
      return { kind: "retry", reason: "a line that is no entry of a failed or skipped item" };
    if (entries.index >= count) {
      return { kind: "retry", reason: `an entry for item ${entries.index} of ${count}` };
    }
    messages.push(entries);
  }
  return delivered(messages);
}

/** The entries of one message of a call: its own, or those of its items. */
interface MessageEntries {
  index: number;
  entries: readonly (Pick<Entry, "outcome"> & Pick<ItemPlace, "item">)[];
}

/** A line of an answer with an entry for each message: a result, an entry, or the entries of several items. */
function readFullLine(line: string, place: number): MessageEntries | undefined {
  const value = parseJson(line);
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return toMessageEntries(place, readNestedEntries(value), value.length);
  const entry = readEntry(value);
  if (entry !== undefined) return { index: entry.index, entries: [entry] };
  return isMalformedEntry(value) ? undefined : { index: place, entries: [] };
}

/** A line of an answer with the failed and skipped items alone. */
function readMinimalLine(line: string): MessageEntries | undefined {
  const value = parseJson(line);
  const entry = readEntry(value);
  if (entry !== undefined) return { index: entry.index, entries: [entry] };
  const { index, items } = toObject(value);
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || !Array.isArray(items))
    return undefined;
  const entries = items.map(readEntry);
  if (!entries.every((item) => item !== undefined)) return undefined;
  return toMessageEntries(index, entries);
}

/** An object with an error that names no valid item: a result may have an `error` of its own, but no object and index. */
function isMalformedEntry(value: unknown): boolean {
  const { index, error } = toObject(value);
  return typeof index === "number" && typeof error === "object" && error !== null;
}

function toMessageEntries(index: number, items: readonly Entry[], count?: number): MessageEntries {
  const toItem = (place: number) => ({ index: place, ...(count === undefined ? {} : { count }) });
  return { index, entries: items.map(({ index: place, outcome }) => ({ item: toItem(place), outcome })) };
}

/** A message that waits is sent again whole, so what is said of its other items does not count yet. */
function delivered(messages: readonly MessageEntries[]): Delivered {
  const refused: RefusedItem[] = [];
  const skipped: SkippedItem[] = [];
  const waiting: number[] = [];
  for (const { index, entries } of messages) {
    if (entries.some(({ outcome }) => outcome.kind === "waits")) {
      waiting.push(index);
      continue;
    }
    for (const { item, outcome } of entries) {
      const place = { index, ...(item === undefined ? {} : { item }) };
      if (outcome.kind === "refused") refused.push({ ...place, refusal: outcome.refusal });
      if (outcome.kind === "skipped") skipped.push({ ...place, reason: outcome.reason });
    }
  }
  return { kind: "delivered", refused, skipped, waiting };
}
