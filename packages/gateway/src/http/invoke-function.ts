import type { IncomingMessage } from "node:http";
import { FunctionDownError } from "./errors.ts";
import type { FunctionTarget } from "./function-target.ts";
import { type FunctionCall, NotConnected, sendCall } from "./send-call.ts";

const defaultReadyTimeoutMs = 5_000;

/**
 * Calls a function as the OpenFaaS watchdog does. Bodies are chunked. A call times out after exec_timeout, counted from the
 * connection; X-Timeout can only shorten it. Nothing is sent before the connection is established, so another pod can take the
 * call of a removed pod. Resolves when the answer starts.
 * @throws FunctionDownError (503), FunctionBrokenError (502), FunctionLateError (504), and the errors of the target's `address`
 */
export async function invokeFunction(target: FunctionTarget, call: FunctionCall): Promise<IncomingMessage> {
  const { name } = target.definition;
  const start = performance.now();
  const readyTimeoutMs = call.readyTimeoutMs ?? target.readyTimeoutMs ?? defaultReadyTimeoutMs;
  let cause: unknown;
  for (;;) {
    const remainingMs = Math.max(0, Math.ceil(start + readyTimeoutMs - performance.now()));
    const address = await target.address(remainingMs, call.signal);
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
