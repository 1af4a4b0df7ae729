import { describeError } from "../errors/describe-error.ts";
import type { PlatformError } from "../errors/platform-error.ts";
import type { Logger } from "../log/logger.ts";
import type { Batch } from "./batch.ts";

/** Logs the error of a call, with its cause. */
export function logCallError(error: PlatformError, log: Logger, callId: string): void {
  log.error({ call_id: callId, error: describeError(error) }, error.code);
}

/** Logs the 5xx errors of a batch: each cause once, with the number of its items. */
export function logBatchErrors(batch: Batch<unknown>, log: Logger, callId: string): void {
  const errors = batch.errors().filter(({ status }) => status >= 500);
  for (const { error, items } of groupByCause(errors).values())
    log.error({ call_id: callId, error: describeError(error), items }, error.code);
}

function groupByCause(errors: readonly PlatformError[]) {
  const groups = new Map<string, { error: PlatformError; items: number }>();
  for (const error of errors) {
    const key = `${error.code} ${error.cause}`;
    const { items } = groups.get(key) ?? { items: 0 };
    groups.set(key, { error, items: items + 1 });
  }
  return groups;
}
