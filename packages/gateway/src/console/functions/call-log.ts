import type { FunctionTarget } from "../../http/function-target.ts";
import type { CallLog, CallView, LogLineView } from "./view.ts";

/** Tolerance for the clocks of gateway and node, in milliseconds. */
const clockSkewMs = 5_000;
/** The searched time after the answer, in milliseconds. */
const afterMs = 60_000;
const maxLines = 200;
const maxCharacters = 64_000;

/**
 * Reads the lines of a function's log that contain a call id. Functions of the platform write it to the field `call_id`.
 * Lines without the id cannot be assigned to a call.
 */
export async function readCallLog(
  { definition: { name, namespace }, logs }: FunctionTarget,
  { callId, time, milliseconds }: CallView,
  signal: AbortSignal,
): Promise<CallLog> {
  const since = time - clockSkewMs;
  const query = { name, namespace, instance: undefined, tail: undefined, since, follow: false };
  const lines: LogLineView[] = [];
  let characters = 0;
  for await (const line of (await logs?.read(query, signal)) ?? []) {
    if (line.time > time + milliseconds + afterMs) break;
    if (!namesCall(line.text, callId)) continue;
    characters += line.text.length;
    if (lines.length === maxLines || characters > maxCharacters) return { lines, isCut: true };
    // Lines of pods have further fields.
    lines.push({ time: line.time, instance: line.instance, text: line.text });
  }
  return { lines, isCut: false };
}

/** Whether the text contains the id, not only as a part of another id; callers may choose short ids. */
function namesCall(text: string, callId: string): boolean {
  return text.includes(callId) && text.split(/[^\w.:-]+/).includes(callId);
}
