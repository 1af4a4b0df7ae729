import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import type { Request } from "express";
import { QueryReader } from "./read-query.ts";

/** The start of a page of messages. */
type BrowseStart = "newest" | "oldest" | "offset" | "time";

/** The query of `GET topics/NAME/messages`. */
export interface BrowseQuery {
  from: BrowseStart;
  /** Undefined: all. */
  partition: number | undefined;
  offset: number;
  /** Milliseconds since 1970. */
  time: number;
  limit: number;
  /** Selects messages whose key or value contains this text. */
  contains: string | undefined;
  /** Continues from these positions, by partition. */
  cursor: ReadonlyMap<number, number> | undefined;
}

const names = ["from", "partition", "offset", "time", "limit", "contains", "cursor"] as const;
const froms = ["newest", "oldest", "offset", "time"] as const;
const defaultLimit = 50;
const maxMessages = 500;

/** @throws UnknownQueryParameterError, InvalidQueryError */
export function readBrowseQuery(request: Request): BrowseQuery {
  const query = new QueryReader(request, names);
  const from = query.choice("from", froms) ?? "newest";
  const partition = query.number("partition");
  const offset = query.number("offset");
  if (from === "offset" && (partition === undefined || offset === undefined))
    throw new InvalidQueryError({
      parameter: "from",
      allowed: 'with "partition" and "offset" for an offset',
    });
  const time = readTime(query.text("time"));
  if (from === "time" && time === undefined)
    throw new InvalidQueryError({ parameter: "from", allowed: 'with "time" for a time' });
  return {
    from,
    partition,
    offset: offset ?? 0,
    time: time ?? 0,
    limit: query.number("limit", { least: 1, most: maxMessages }) ?? defaultLimit,
    contains: query.text("contains"),
    cursor: readCursor(query.text("cursor")),
  };
}

/** Parses milliseconds since 1970, or ISO 8601. */
function readTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(time))
    throw new InvalidQueryError({
      parameter: "time",
      allowed: "an ISO 8601 time, such as 2026-11-29T12:00Z, or milliseconds since 1970",
    });
  return Math.max(0, time); // negative times have a special meaning in Kafka
}

/** Decodes positions by partition: PARTITION-OFFSET, separated by dots. @throws InvalidQueryError */
export function readCursor(text: string | undefined): ReadonlyMap<number, number> | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}-\d{1,16}(\.\d{1,6}-\d{1,16})*$/.test(text))
    throw new InvalidQueryError({ parameter: "cursor", allowed: "that of an earlier answer" });
  return new Map(
    text.split(".").map((position) => position.split("-").map(Number) as [partition: number, offset: number]),
  );
}

/** Encodes positions for the parameter `cursor`. */
export function encodeCursor(positions: Iterable<readonly [partition: number, offset: number]>): string {
  return [...positions].map((position) => position.join("-")).join(".");
}
