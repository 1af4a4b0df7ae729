import type { AcceptedCall } from "../../async/accepted-call.ts";
import type { CallObserver, CallResult } from "../../async/run-call.ts";
import type { CallbackOutcome } from "../../async/send-callback.ts";
import type { AsyncCallResult, AsyncCallView, KeptAnswer } from "./view.ts";

const keptCalls = 100;
const keptBytes = 64_000;

interface Entry {
  view: AsyncCallView;
  answer: { type: string; body: Buffer; bytes: number } | undefined;
  failure: string;
}

/** The last 100 asynchronous calls that this gateway has accepted or run, with their results. In memory: a restart forgets them. */
export class AsyncCalls implements CallObserver {
  /** By function and call id, the oldest first. */
  readonly #entries = new Map<string, Entry>();

  /** The call is kept in the queue; it may have begun, or even ended, already. */
  accepted(call: AcceptedCall): void {
    const known = this.#entries.get(keyOf(call));
    if (known === undefined || known.view.acceptedAt < acceptedAt(call)) this.#add(call);
  }

  began(call: AcceptedCall): void {
    const known = this.#entries.get(keyOf(call));
    // Another gateway may have accepted it, or this one before its restart.
    const entry = known === undefined || known.view.state === "ended" ? this.#add(call) : known;
    entry.view.state = "running";
  }

  ended(call: AcceptedCall, { status, type, body, failure = "" }: CallResult): void {
    const entry = this.#entries.get(keyOf(call));
    if (entry === undefined) return;
    Object.assign(entry.view, { state: "ended", status, endedAt: Date.now() });
    entry.failure = failure;
    // A copy: a part of a buffer would keep all of it.
    if (failure === "")
      entry.answer = { type, body: Buffer.from(body.subarray(0, keptBytes)), bytes: body.length };
  }

  callbackEnded(call: AcceptedCall, outcome: CallbackOutcome): void {
    const entry = this.#entries.get(keyOf(call));
    if (entry !== undefined) entry.view.callback = outcome;
  }

  /** The calls of a function, newest first. */
  of(name: string): AsyncCallView[] {
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
    return { ...view, failure, answer: answer === undefined ? null : toKeptAnswer(answer) };
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
    const key = keyOf(call);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > keptCalls) this.#entries.delete(this.#entries.keys().next().value!);
    return entry;
  }
}

/** Neither part contains a slash. */
function keyOf({ name, callId }: AcceptedCall): string {
  return `${name}/${callId}`;
}

function acceptedAt({ startTime }: AcceptedCall): number {
  return Number(BigInt(startTime) / 1_000_000n);
}

function toKeptAnswer({ type, body, bytes }: NonNullable<Entry["answer"]>): KeptAnswer {
  const text = decodeUtf8(body, { isCut: bytes > body.length });
  return text === undefined
    ? { type, body: body.toString("base64"), isBase64: true, bytes }
    : { type, body: text, isBase64: false, bytes };
}

/** Undefined when it is not UTF-8; a cut may go through a character. */
function decodeUtf8(bytes: Buffer, { isCut }: { isCut: boolean }): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}
