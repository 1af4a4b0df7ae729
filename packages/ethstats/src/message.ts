import { isInteger, parse } from "lossless-json";
import * as v from "valibot";
import { isRecord, toProblem } from "./fields.ts";
import { type MessageType, type Payloads, payloads } from "./payloads.ts";

/** Digits that JSON.parse may round. */
const longNumber = /[:[,]\s*-?\d{16}/;

/** Types of new-payload reports by newer clients; the server ignores them. */
const newPayload = new Set(["block_new_payload", "new-payload", "newpayload"]);

/** A message: its type and its payload. */
export type Message =
  | { [Type in MessageType]: { type: Type; payload: v.InferOutput<Payloads[Type]> } }[MessageType]
  /** The answer to `primus::ping::1`; null for other frames. */
  | { type: "primus"; payload: { answer: string | null } }
  | { type: "new-payload"; payload: null };

/** The reason why a message is unreadable. */
export type Malformed = "not_json" | "not_emit" | "unknown_type" | "bad_payload";

/** An unreadable message; for `bad_payload` with the field and the expected form. */
export class Unreadable {
  readonly reason: Malformed;
  readonly problem: string | undefined;

  constructor(reason: Malformed, problem?: string) {
    this.reason = reason;
    this.problem = problem;
  }
}

/** Parses a message of a node: `{"emit": [type, payload]}`, or a frame of Primus. */
export function readMessage(text: string): Message | Unreadable {
  const primus = /^"?primus::(?:ping::(\d{0,20}))?/.exec(text);
  if (primus !== null) {
    const answer = primus[1] === undefined ? null : `"primus::pong::${primus[1]}"`;
    return { type: "primus", payload: { answer } };
  }
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return new Unreadable("not_json");
  }
  // Primus's plugin spark-latency sends its latency, or {} without one, even before the hello.
  if (isRecord(value) && ("_latency" in value || Object.keys(value).length === 0))
    return { type: "primus", payload: { answer: null } };
  const emit = isRecord(value) ? value.emit : undefined;
  if (!Array.isArray(emit)) return new Unreadable("not_emit");
  const [type, payload] = emit;
  if (newPayload.has(type)) return { type: "new-payload", payload: null };
  if (typeof type !== "string" || !Object.hasOwn(payloads, type)) return new Unreadable("unknown_type");
  const result = v.safeParse(payloads[type as MessageType], payload, { abortEarly: true });
  if (!result.success) return new Unreadable("bad_payload", toProblem(result.issues[0]));
  return { type, payload: result.output } as Message;
}

/** Parses JSON and keeps all digits of integers. The exact parser is slower and rarely needed. */
function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  return parse(text, null, (digits) => {
    const number = Number(digits);
    return isInteger(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
  });
}
