import type { Logger } from "@platform/shared/log/logger";
import type { Malformed } from "./message.ts";
import type { Metrics } from "./metrics.ts";

/** Why a connection or a message is refused. The names are labels of a metric. */
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

/** Counts a refusal, and logs it unless one of its kind was logged within the last minute. */
export type Refuse = (reason: Refusal, facts?: { node?: string | undefined }) => void;

const quietFor = 60_000;

/** A sender of nonsense may fill a counter, but not the log. */
export function createRefuse(log: Logger, metrics: Pick<Metrics, "refused">, now: () => Date): Refuse {
  const logged = new Map<Refusal, { at: number; unlogged: number }>();
  return (reason, facts = {}) => {
    metrics.refused.inc({ reason });
    const last = logged.get(reason);
    const at = now().getTime();
    if (last !== undefined && at - last.at < quietFor) {
      last.unlogged += 1;
      return;
    }
    log.warn({ reason, ...facts, unlogged: last?.unlogged ?? 0 }, "refused");
    logged.set(reason, { at, unlogged: 0 });
  };
}
