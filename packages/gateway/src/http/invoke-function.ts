import type { IncomingMessage } from "node:http";
import { FunctionDownError } from "./errors.ts";
import type { FunctionTarget } from "./function-target.ts";
import { type FunctionCall, NotConnected, sendCall } from "./send-call.ts";

const defaultPatienceMs = 5_000;

/**
 * Calls a function as the OpenFaaS watchdog does: bodies go on chunked, and a call that takes longer than
 * exec_timeout is given up (X-Timeout shortens that, never lengthens it). The time counts from the connection on. Resolves
 * when the answer begins. Nothing is sent before the connection stands, so a call to a pod that is gone goes to another one.
 * @throws FunctionDownError (503), FunctionBrokenError (502), FunctionLateError (504), and what the target's `address` throws.
 */
export async function invokeFunction(target: FunctionTarget, call: FunctionCall): Promise<IncomingMessage> {
  const { name } = target.definition;
  const start = performance.now();
  const patienceMs = call.patienceMs ?? target.patienceMs ?? defaultPatienceMs;
  let cause: unknown;
  for (;;) {
    const leftMs = Math.max(0, Math.ceil(start + patienceMs - performance.now()));
    const address = await target.address(leftMs, call.signal);
    if (address === undefined) {
      throw new FunctionDownError({ name, waitedMs: performance.now() - start, cause });
    }
    const answer = await sendCall(target, address, call);
    if (!(answer instanceof NotConnected)) return answer;
    cause = answer.cause;
    if (target.refused === undefined || call.signal?.aborted) throw new FunctionDownError({ name, cause });
    target.refused(address);
  }
}
