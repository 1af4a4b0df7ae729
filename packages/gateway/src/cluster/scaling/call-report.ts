import * as v from "valibot";
import { isObject } from "../../http/string-record.ts";
import type { FunctionActivity } from "./call-window.ts";

/** The load of a function at one gateway, or at all gateways. */
export interface FunctionLoad {
  inFlight: number;
  perSecond: number;
  /** Time since the last call began or ended. */
  idleMs: number;
}

/** The annotation with the report in a gateway's Lease. */
export const reportAnnotation = "calls";

/** Kubernetes accepts 256 KiB of annotations. 1,000 functions with the longest names need 150 kB. */
const maxChars = 200_000;

const loadSchema = v.tuple([v.number(), v.number(), v.number()]);

/**
 * Writes a report as JSON: name → [calls in flight, calls a second, milliseconds since the last call]. Times are ages, so
 * that clocks of gateways are never compared. The least busy functions are left out of a report that is too long.
 */
export function encodeReport(activities: ReadonlyMap<string, FunctionActivity>): string {
  const now = Date.now();
  let chars = 2;
  const entries = [...activities]
    .map(([name, { inFlight, perSecond, lastAt }]): [string, number[]] => {
      const idleMs = inFlight > 0 ? 0 : Math.max(0, now - lastAt);
      return [name, [inFlight, perSecond, idleMs]];
    })
    .sort(([, a], [, b]) => b[0]! - a[0]! || b[1]! - a[1]!)
    .filter((entry) => {
      chars += JSON.stringify(entry).length;
      return chars <= maxChars;
    });
  return JSON.stringify(Object.fromEntries(entries));
}

/** Parses a report. @throws Error when it is invalid */
export function decodeReport(text: string): Map<string, FunctionLoad> {
  const report: unknown = JSON.parse(text);
  if (!isObject(report)) throw new TypeError("a report of calls must be a JSON object");
  return new Map(
    Object.entries(report).map(([name, load]) => {
      const [inFlight, perSecond, idleMs] = v.parse(loadSchema, load);
      return [name, { inFlight, perSecond, idleMs }];
    }),
  );
}

/** Sums reports. The last call is the latest one of all gateways. */
export function sumReports(reports: readonly ReadonlyMap<string, FunctionLoad>[]): Map<string, FunctionLoad> {
  const sums = new Map<string, FunctionLoad>();
  for (const [name, load] of reports.flatMap((report) => [...report])) {
    const sum = sums.get(name) ?? { inFlight: 0, perSecond: 0, idleMs: Number.POSITIVE_INFINITY };
    sums.set(name, {
      inFlight: sum.inFlight + load.inFlight,
      perSecond: sum.perSecond + load.perSecond,
      idleMs: Math.min(sum.idleMs, load.idleMs),
    });
  }
  return sums;
}
