import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { httpCall } from "../http/http-call.ts";
import { startListener } from "../http/listener.ts";
import { waitFor } from "../wait-for.ts";

/** A result of an asynchronous call, as it arrived. */
export interface ReceivedCallback {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of callbacks. */
export interface StartedCallbacks extends AsyncDisposable {
  url: string;
  received: readonly ReceivedCallback[];
  /** The distinct ids of the calls that have arrived. */
  ids(): ReadonlySet<string>;
  /** Waits for the callback of a call. */
  of(callId: string, milliseconds?: number): Promise<ReceivedCallback>;
}

/** @param answer answers the callbacks; default: 200 at once */
export async function startCallbacks(
  answer: (response: ServerResponse, received: ReceivedCallback) => void = (response) => response.end(),
): Promise<StartedCallbacks> {
  const received: ReceivedCallback[] = [];
  const listener = await startListener(async (request, response) => {
    const { headers, url: path = "" } = request;
    const callback = { path, headers, body: (await buffer(request)).toString() };
    received.push(callback);
    answer(response, callback);
  });
  const readCallId = ({ headers }: ReceivedCallback) => String(headers["x-call-id"]);
  return {
    url: listener.url,
    received,
    ids: () => new Set(received.map(readCallId)),
    of: (callId, milliseconds) =>
      waitFor(
        `the callback of ${callId}`,
        () => received.find((entry) => readCallId(entry) === callId),
        milliseconds,
      ),
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

/** Returns call ids: `call-0` and so on. */
export function callIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `call-${index}`);
}

/** Makes an asynchronous call for each id, with limited concurrency. Returns the ids that were accepted with 202. */
export async function callEach(
  url: string,
  ids: readonly string[],
  callbackUrl: string,
  { atATime = 20 }: { atATime?: number } = {},
): Promise<string[]> {
  const waiting = [...ids];
  const accepted: string[] = [];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const headers = { "x-callback-url": callbackUrl, "x-call-id": id };
      const { status } = await httpCall(url, { body: id, headers });
      if (status === 202) accepted.push(id);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return accepted;
}
