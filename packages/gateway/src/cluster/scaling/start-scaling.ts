import { hostname } from "node:os";
import { settlesWithin } from "@platform/shared/clients/settles-within";
import type { CallCounts } from "../../http/call-counts.ts";
import { type LeaderWorkOptions, startLeaderWork } from "./leader-work.ts";
import { reportCalls } from "./report-calls.ts";

/** Options of startScaling. */
export interface ScalingOptions extends Omit<LeaderWorkOptions, "pod"> {
  counts: CallCounts;
}

/** The scaling of a gateway, which reports its calls and may lead. Dispose of it after the calls in flight, because it ends the reports. */
export interface StartedScaling extends AsyncDisposable {
  /** Gives up leadership; scheduled calls in flight finish within the time limit. */
  stopLeading(): Promise<unknown>;
}

/** Starts scaling and schedules of a cluster's gateway. */
export function startScaling(options: ScalingOptions): StartedScaling {
  const pod = hostname(); // Kubernetes names the host of a container after its pod.
  const reports = reportCalls({ ...options, pod });
  const leaderWork = startLeaderWork({ ...options, pod });
  return {
    stopLeading: () => settlesWithin(options.shutdownTimeoutMs, leaderWork[Symbol.asyncDispose]()),
    [Symbol.asyncDispose]: () => reports[Symbol.asyncDispose](),
  };
}
