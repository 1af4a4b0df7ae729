import type { FunctionTarget } from "../../http/function-target.ts";
import type { CallLog, CallView, LogLineView } from "./view.ts";

/** The clocks of the gateway and of a pod's node may differ. */
const clockSkewMs = 5_000;
/** Lines later than this after the answer are not searched. */
const afterMs = 60_000;
const mostLines = 200;
const mostCharacters = 64_000;

/**
 * The lines of a function's log that name a call. Functions of the platform write the call id in the field `call_id`; a line
 * without the id cannot be told from those of other calls.
 */
export async function readCallLog(
  { definition: { name, namespace }, logs }: FunctionTarget,
  { callId, time, milliseconds }: CallView,
  signal: AbortSignal,
): Promise<CallLog> {
  const since = time - clockSkewMs;
  const query = { name, namespace, instance: undefined, tail: undefined, since, follow: false };
  const found: LogLineView[] = [];
  let characters = 0;
  for await (const line of (await logs?.read(query, signal)) ?? []) {
    if (line.time > time + milliseconds + afterMs) break;
    if (!namesCall(line.text, callId)) continue;
    characters += line.text.length;
    if (found.length === mostLines || characters > mostCharacters) return { lines: found, isCut: true };
    // The lines of pods have further fields.
    found.push({ time: line.time, instance: line.instance, text: line.text });
  }
  return { lines: found, isCut: false };
}

/** Not as a part of another id: callers may choose short ones. */
function namesCall(text: string, callId: string): boolean {
  return text.includes(callId) && text.split(/[^\w.:-]+/).includes(callId);
}
