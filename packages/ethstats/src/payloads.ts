import * as v from "valibot";
import {
  address,
  count,
  flag,
  hash,
  integer,
  isRecord,
  maybe,
  milliseconds,
  quantity,
  record,
  text,
} from "./fields.ts";

const maxNameLength = 100;
/** The number of blocks in Geth's answer to a request for its latest blocks, and so the length of the stored chain. */
export const longestHistory = 50;
const blockSchema = record({
  number: integer,
  hash,
  parentHash: maybe(hash),
  /** Seconds since 1970. */
  timestamp: maybe(integer),
  miner: maybe(address),
  difficulty: maybe(quantity),
  totalDifficulty: maybe(quantity),
  gasUsed: maybe(integer),
  gasLimit: maybe(integer),
  /** Wei. */
  baseFeePerGas: maybe(quantity),
  transactions: maybe(count),
  uncles: maybe(count),
});

const nameLimits = `text of 1 to ${maxNameLength} characters`;
const infoSchema = record({
  name: v.pipe(v.string(nameLimits), v.minLength(1, nameLimits), v.maxLength(maxNameLength, nameLimits)),
  node: maybe(text),
  os: maybe(text),
  os_v: maybe(text),
  net: maybe(integer),
  port: maybe(v.pipe(integer, v.maxValue(65_535))),
  protocol: maybe(text),
});

const statsSchema = record({
  active: maybe(flag),
  mining: maybe(flag),
  syncing: maybe(flag),
  hashrate: maybe(quantity),
  peers: maybe(integer),
  /** Wei. */
  gasPrice: maybe(quantity),
});

/** Payloads whose fields stand in an object `key`, or beside the id. */
function nested<const Key extends string, Schema extends v.GenericSchema>(key: Key, schema: Schema) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, "an object"),
    v.transform((input) => (key in input || Object.keys(input).length <= 1 ? input : { [key]: input })),
    record({ [key]: schema } as { [name in Key]: Schema }),
  );
}

/** The schema of the payload of each type. Every payload also has the id of the node; only that of the hello counts. */
export const payloads = {
  hello: v.pipe(
    v.custom<Record<string, unknown>>(isRecord, "an object"),
    v.transform(withName),
    record({ id: maybe(text), secret: v.string("text"), info: infoSchema }),
  ),
  /** The time is returned unchanged: text for Geth, a number for Primus-style reporters. */
  "node-ping": v.fallback(record({ clientTime: maybe(v.union([v.number(), text])) }), { clientTime: null }),
  latency: record({ latency: v.nullable(milliseconds) }),
  block: nested("block", blockSchema),
  pending: v.pipe(v.unknown(), v.transform(withPending), record({ pending: integer })),
  stats: nested("stats", statsSchema),
  history: v.pipe(
    v.unknown(),
    v.transform((payload) => ({ history: toBlocks(isRecord(payload) ? (payload.history ?? []) : payload) })),
    v.object({ history: v.array(v.custom<Block>(isRecord), "a list") }),
  ),
};

export type Payloads = typeof payloads;
export type MessageType = keyof Payloads;

/** A reported block; a missing field is null. */
export type Block = v.InferOutput<typeof blockSchema>;

/** The hello of a node. */
export type Hello = v.InferOutput<Payloads["hello"]>;

/** Returns the hello with the node's name in `info.name`. Geth's id is a name, that of Besu and Nethermind is not. */
function withName(hello: Record<string, unknown>): object {
  const info = isRecord(hello.info) ? hello.info : {};
  const name = isName(info.name) || !isName(hello.id) ? info.name : hello.id;
  return {
    ...hello,
    secret: hello.secret ?? info.secret,
    info: { ...info, name, os_v: info.os_v ?? info.os_V },
  };
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= maxNameLength;
}

/** `{stats: {pending: 4}}`, `{pending: 4}` or `{stats: {pending: {pending: 4, queued: 0}}}` as `{pending: 4}`. */
function withPending(payload: unknown): object {
  const { stats, pending: beside } = isRecord(payload) ? payload : {};
  const pending = (isRecord(stats) ? stats.pending : stats) ?? beside;
  return { pending: isRecord(pending) ? pending.pending : pending };
}

/** Returns the valid blocks of a history, at most the highest ones. */
function toBlocks(history: unknown): unknown {
  if (!Array.isArray(history)) return history;
  const blocks = history.flatMap((item) => {
    const { success, output } = v.safeParse(blockSchema, item);
    return success ? [output] : [];
  });
  if (blocks.length <= longestHistory) return blocks;
  return blocks.sort((a, b) => b.number - a.number).slice(0, longestHistory);
}
