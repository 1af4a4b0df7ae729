/** The time online of a node since its first report. Times are in milliseconds. */
export interface Uptime {
  first: number;
  /** Time online, excluding the time since `onlineSince`. */
  online: number;
  /** Null while the node is offline. */
  onlineSince: number | null;
}

/** The uptime of a node that comes online. */
export function started(previous: Uptime | undefined, now: number): Uptime {
  const { first, online } = previous === undefined ? { first: now, online: 0 } : stopped(previous, now);
  return { first, online, onlineSince: now };
}

/** The uptime of a node that goes offline. */
export function stopped(uptime: Uptime, now: number): Uptime {
  return { first: uptime.first, online: timeOnline(uptime, now), onlineSince: null };
}

/** The share of the time that the node has been online, in percent with one decimal. */
export function percentOnline(uptime: Uptime, now: number): number {
  const total = now - uptime.first;
  return total <= 0 ? 100 : Math.round((1000 * timeOnline(uptime, now)) / total) / 10;
}

function timeOnline({ online, onlineSince }: Uptime, now: number): number {
  return online + (onlineSince === null ? 0 : now - onlineSince);
}
