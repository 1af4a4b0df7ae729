import type { Logger } from "@platform/shared/log/logger";
import type { Malformed } from "./message.ts";
import type { Metrics } from "./metrics.ts";

/** The reason for refusing a connection or a message: the label of a metric. */
export type Refusal =
  | Malformed
  | "bad_frame"
  | "too_large"
  | "hello_expected"
  | "hello_late"
  | "wrong_secret"
  | "too_many_nodes"
  | "too_many_connections"
  | "silent";

/** The log fields of a refusal. `problem` has the field and the expected form, never the value. */
interface RefusalFacts {
  node?: string | undefined;
  problem?: string | undefined;
}

/** Counts a refusal, and logs it unless the same refusal was logged within the last minute. */
export type Refuse = (reason: Refusal, facts?: RefusalFacts) => void;

const quietMs = 60_000;

/** Limits the log, so that a sender of invalid messages cannot fill it. */
export function createRefuse(log: Logger, metrics: Pick<Metrics, "refused">, now: () => Date): Refuse {
  const logged = new Map<string, { at: number; unlogged: number }>();
  return (reason, facts = {}) => {
    metrics.refused.inc({ reason });
    // The key contains no text of the sender, so the number of keys is bounded.
    const kind = `${reason} ${facts.problem?.split(", got")[0]}`;
    const last = logged.get(kind);
    const at = now().getTime();
    if (last !== undefined && at - last.at < quietMs) {
      last.unlogged += 1;
      return;
    }
    log.warn({ reason, ...facts, unlogged: last?.unlogged ?? 0 }, "refused");
    logged.set(kind, { at, unlogged: 0 });
  };
}
