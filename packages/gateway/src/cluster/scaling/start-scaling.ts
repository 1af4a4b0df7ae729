import { hostname } from "node:os";
import { endsWithin } from "@platform/shared/clients/ends-within";
import type { CallCounts } from "../../http/call-counts.ts";
import { type LeaderWorkOptions, startLeaderWork } from "./leader-work.ts";
import { reportCalls } from "./report-calls.ts";

/** What scaling and schedules need. */
export interface ScalingOptions extends Omit<LeaderWorkOptions, "pod"> {
  counts: CallCounts;
}

/** A gateway that reports its calls and may lead. Disposing of it ends the reports, so calls in flight should have ended. */
export interface StartedScaling extends AsyncDisposable {
  /** Lets another gateway lead; scheduled calls in flight finish, for a time. */
  stopLeading(): Promise<unknown>;
}

/** Starts what gateways do in a cluster by themselves: they scale functions, and call those with a schedule. */
export function startScaling(options: ScalingOptions): StartedScaling {
  const pod = hostname(); // Kubernetes names the host of a container after its pod.
  const reports = reportCalls({ ...options, pod });
  const leaderWork = startLeaderWork({ ...options, pod });
  return {
    stopLeading: () => endsWithin(options.patience, leaderWork[Symbol.asyncDispose]()),
    [Symbol.asyncDispose]: () => reports[Symbol.asyncDispose](),
  };
}
