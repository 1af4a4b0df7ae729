import * as v from "valibot";

const longestName = 100;
const longestText = 200;
/** How many blocks Geth sends when it is asked for its latest, and so how many are kept of the chain. */
export const longestHistory = 50;

const text = v.pipe(
  v.string(),
  v.transform((value) => value.slice(0, longestText)),
);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Geth writes what may be larger than 2^53 as decimal text, and `<nil>` when it does not know. */
const big = v.pipe(
  v.string(),
  v.regex(/^\d{1,78}$/),
  v.transform((value) => BigInt(value)),
);
const hash = v.pipe(v.string(), v.regex(/^0x[0-9a-f]{64}$/i));
const address = v.pipe(v.string(), v.regex(/^0x[0-9a-f]{40}$/i));

/** What a node may leave out, or have in a form that nobody knows: null then, and the rest of the message counts. */
function maybe<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.nullable(schema), null as never);
}

const blockSchema = v.object({
  number: count,
  hash,
  parentHash: hash,
  /** Seconds since 1970. */
  timestamp: count,
  miner: maybe(address),
  difficulty: maybe(big),
  totalDifficulty: maybe(big),
  gasUsed: maybe(count),
  gasLimit: maybe(count),
  /** How many there are. */
  transactions: maybe(
    v.pipe(
      v.array(v.unknown()),
      v.transform((list) => list.length),
    ),
  ),
});

const infoSchema = v.object({
  node: maybe(text),
  os: maybe(text),
  os_v: maybe(text),
  net: maybe(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))),
  port: maybe(v.pipe(count, v.maxValue(65_535))),
  protocol: maybe(text),
});

const statsSchema = v.object({
  active: maybe(v.boolean()),
  mining: maybe(v.boolean()),
  syncing: maybe(v.boolean()),
  hashrate: maybe(count),
  peers: maybe(count),
  /** Wei. */
  gasPrice: maybe(count),
  /** Percent. */
  uptime: maybe(count),
});

/** What comes after the type, one schema a type. Every payload also has the node's name, which the hello decides. */
const payloads = {
  hello: v.object({
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(longestName)),
    secret: v.string(),
    info: infoSchema,
  }),
  "node-ping": v.object({ clientTime: maybe(text) }),
  /** Milliseconds, as decimal text. */
  latency: v.object({ latency: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)) }),
  block: v.object({ block: blockSchema }),
  pending: v.object({ stats: v.object({ pending: count }) }),
  stats: v.object({ stats: statsSchema }),
  history: v.object({
    history: v.pipe(
      v.array(v.unknown()),
      v.transform((list) => list.slice(0, longestHistory).filter((item) => v.is(blockSchema, item))),
      v.array(blockSchema),
    ),
  }),
};

type Payloads = typeof payloads;

/** The types of messages that a node sends. */
type MessageType = keyof Payloads;

/** A block as a node reports it; what it does not tell is null. */
export type Block = v.InferOutput<typeof blockSchema>;

/** What a node says when it comes. */
export type Hello = v.InferOutput<Payloads["hello"]>;

/** A message: its type and what came with it. */
export type Message = {
  [Type in MessageType]: { type: Type; payload: v.InferOutput<Payloads[Type]> };
}[MessageType];

/** Why a message cannot be read. */
export type Malformed = "not_json" | "not_emit" | "unknown_type" | "bad_payload";

/** What a node sent, `{"emit": [type, payload]}`, or what is wrong with it. */
export function readMessage(data: string): Message | Malformed {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return "not_json";
  }
  const emit = (value as { emit?: unknown } | null)?.emit;
  if (!Array.isArray(emit)) return "not_emit";
  const [type, payload] = emit;
  if (typeof type !== "string" || !Object.hasOwn(payloads, type)) return "unknown_type";
  const result = v.safeParse(payloads[type as MessageType], payload);
  return result.success ? ({ type, payload: result.output } as Message) : "bad_payload";
}
