import { describeLoss } from "../describe-loss.ts";
import type { FeedObserver } from "../feed.ts";

/** An observer that records events. */
export interface RecordingObserver extends FeedObserver {
  hosts: string[];
  losses: string[];
  skips: string[];
  missedMs: number[];
}

export function recordingObserver(): RecordingObserver {
  const heard = {
    hosts: [] as string[],
    losses: [] as string[],
    skips: [] as string[],
    missedMs: [] as number[],
  };
  return {
    ...heard,
    connected: (host) => heard.hosts.push(host),
    disconnected: ({ host, error }) => heard.losses.push(describeLoss(host, error)),
    skipped: (reason) => heard.skips.push(reason),
    missed: (milliseconds) => heard.missedMs.push(milliseconds),
  };
}
