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

/** The index of a message in a call, or of an item in a message with several. */
interface ItemIndex {
  /** The index of the message in the call. */
  index: number;
  /** The index of the item, and the number of items in the message if the answer has it. Undefined: the whole message. */
  item?: { index: number; count?: number };
}

/** A message or item with a final refusal. */
export interface RefusedItem extends ItemIndex {
  refusal: Refusal;
}

/** A message or item that the function skipped. */
interface SkippedItem extends ItemIndex {
  reason: string;
}

/** All messages of a call are delivered, except the listed ones. */
export interface Delivered {
  kind: "delivered";
  refused: readonly RefusedItem[];
  skipped: readonly SkippedItem[];
  /** The indexes of the messages to send again, without the others. */
  waiting: readonly number[];
}

/** The outcome of a call for its messages. */
export type Verdict =
  | Delivered
  /** The function refuses the whole call, with a final status. */
  | { kind: "refused"; refusal: Refusal }
  /** The same call may succeed later. */
  | { kind: "retry"; reason: string };

/**
 * Interprets the answer to a call. An NDJSON answer to lines has an entry for each line, or, if it is minimal, only those of failed
 * and skipped items.
 *
 * @param count the number of NDJSON lines in the call; undefined for a single message as the body
 */
export function readVerdict(answer: FunctionAnswer, count?: number): Verdict {
  const { status, contentType, body } = answer;
  if (status >= 200 && status < 300) {
    if (count === undefined) return toMessageVerdict(answer);
    return /^application\/(x-)?ndjson/i.test(contentType) ? toLinesVerdict(answer, count) : delivered([]);
  }
  if (status >= 400 && status < 500 && !transientStatuses.has(status)) {
    return { kind: "refused", refusal: readProblem(status, body) };
  }
  return { kind: "retry", reason: `HTTP status ${status}` };
}

/** The answer to an array or a page is an array of entries; the answer to a notice is `{"skipped": "…"}`. */
function toMessageVerdict({ body, contentType }: FunctionAnswer): Verdict {
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

function toLinesVerdict({ body, minimal }: FunctionAnswer, count: number): Verdict {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  if (!minimal && lines.length !== count) {
    return { kind: "retry", reason: `the answer has ${lines.length} entries for ${count} messages` };
  }
  const messages: MessageEntries[] = [];
  for (const [index, line] of lines.entries()) {
    if (!minimal && !mayHaveEntries(line)) continue;
    const entries = minimal ? readMinimalLine(line) : readFullLine(line, index);
    if (entries === undefined) return { kind: "retry", reason: "an answer line is not an entry" };
    if (entries.index >= count) {
      return {
        kind: "retry",
        reason: `the answer has an entry with index ${entries.index} for ${count} messages`,
      };
    }
    messages.push(entries);
  }
  return delivered(messages);
}

/** The entries of one message of a call: its own, or those of its items. */
interface MessageEntries {
  index: number;
  entries: readonly (Pick<Entry, "outcome"> & Pick<ItemIndex, "item">)[];
}

/** Reads a line of a full answer: a result, an entry, or the entries of several items. */
function readFullLine(line: string, index: number): MessageEntries | undefined {
  const value = parseJson(line);
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return toMessageEntries(index, readNestedEntries(value), value.length);
  const entry = readEntry(value);
  if (entry !== undefined) return { index: entry.index, entries: [entry] };
  return isMalformedEntry(value) ? undefined : { index, entries: [] };
}

/** Reads a line of a minimal answer. */
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

/** Whether a value is an entry with an invalid index. A result may have its own `error`, but not an object together with an index. */
function isMalformedEntry(value: unknown): boolean {
  const { index, error } = toObject(value);
  return typeof index === "number" && typeof error === "object" && error !== null;
}

function toMessageEntries(index: number, items: readonly Entry[], count?: number): MessageEntries {
  const toItem = (itemIndex: number) => ({ index: itemIndex, ...(count === undefined ? {} : { count }) });
  return {
    index,
    entries: items.map(({ index: itemIndex, outcome }) => ({ item: toItem(itemIndex), outcome })),
  };
}

/** A waiting message is sent again as a whole, so the outcomes of its other items do not count yet. */
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
      const itemIndex = { index, ...(item === undefined ? {} : { item }) };
      if (outcome.kind === "refused") refused.push({ ...itemIndex, refusal: outcome.refusal });
      if (outcome.kind === "skipped") skipped.push({ ...itemIndex, reason: outcome.reason });
    }
  }
  return { kind: "delivered", refused, skipped, waiting };
}
