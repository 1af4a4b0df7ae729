import type { AcceptedCall } from "../../async/accepted-call.ts";
import type { CallObserver, CallResult } from "../../async/run-call.ts";
import type { CallbackOutcome } from "../../async/send-callback.ts";
import type { AnswerExcerpt, AsyncCallResult, AsyncCallView } from "./view.ts";

const maxCalls = 100;
const maxBytes = 64_000;

interface Entry {
  view: AsyncCallView;
  answer: { type: string; body: Buffer; bytes: number } | undefined;
  failure: string;
}

/** The last 100 asynchronous calls that this gateway accepted or ran, with their results. They are in memory, so a restart loses them. */
export class AsyncCalls implements CallObserver {
  /** Entries by function and call id, oldest first. */
  readonly #entries = new Map<string, Entry>();

  /** Records an accepted call, which may already have started or ended. */
  accepted(call: AcceptedCall): void {
    const known = this.#entries.get(toKey(call));
    if (known === undefined || known.view.acceptedAt < acceptedAt(call)) this.#add(call);
  }

  began(call: AcceptedCall): void {
    const known = this.#entries.get(toKey(call));
    // Another gateway, or this one before a restart, may have accepted the call.
    const entry = known === undefined || known.view.state === "ended" ? this.#add(call) : known;
    entry.view.state = "running";
  }

  ended(call: AcceptedCall, { status, type, body, failure = "" }: CallResult): void {
    const entry = this.#entries.get(toKey(call));
    if (entry === undefined) return;
    Object.assign(entry.view, { state: "ended", status, endedAt: Date.now() });
    entry.failure = failure;
    // A copy, because a slice would keep the whole buffer in memory.
    if (failure === "")
      entry.answer = { type, body: Buffer.from(body.subarray(0, maxBytes)), bytes: body.length };
  }

  callbackEnded(call: AcceptedCall, outcome: CallbackOutcome): void {
    const entry = this.#entries.get(toKey(call));
    if (entry !== undefined) entry.view.callback = outcome;
  }

  /** The calls of a function, newest first. */
  list(name: string): AsyncCallView[] {
    const prefix = `${name}/`;
    return [...this.#entries]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, { view }]) => view)
      .reverse();
  }

  find(name: string, callId: string): AsyncCallResult | undefined {
    const entry = this.#entries.get(`${name}/${callId}`);
    if (entry === undefined) return undefined;
    const { view, answer, failure } = entry;
    return { ...view, failure, answer: answer === undefined ? null : toAnswerExcerpt(answer) };
  }

  #add(call: AcceptedCall): Entry {
    const { callId, method, url: path } = call;
    const entry: Entry = {
      view: {
        callId,
        method,
        path,
        state: "waiting",
        acceptedAt: acceptedAt(call),
        endedAt: null,
        status: null,
        callback: null,
      },
      answer: undefined,
      failure: "",
    };
    const key = toKey(call);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > maxCalls) this.#entries.delete(this.#entries.keys().next().value!);
    return entry;
  }
}

/** The key of a call; neither part contains a slash. */
function toKey({ name, callId }: AcceptedCall): string {
  return `${name}/${callId}`;
}

function acceptedAt({ startTime }: AcceptedCall): number {
  return Number(BigInt(startTime) / 1_000_000n);
}

function toAnswerExcerpt({ type, body, bytes }: NonNullable<Entry["answer"]>): AnswerExcerpt {
  const text = decodeUtf8(body, { isCut: bytes > body.length });
  return text === undefined
    ? { type, body: body.toString("base64"), isBase64: true, bytes }
    : { type, body: text, isBase64: false, bytes };
}

/** Decodes UTF-8, without an incomplete last character; undefined for other bytes. */
function decodeUtf8(bytes: Buffer, { isCut }: { isCut: boolean }): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
