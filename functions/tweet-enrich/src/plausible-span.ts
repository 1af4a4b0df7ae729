/** Twitter, the oldest of the networks, began in 2006. */
const earliest = Date.UTC(2006, 0, 1);

/** How far the clock of an author may be ahead. */
const aheadMs = 2 * 24 * 60 * 60 * 1000;

/** Whether a post can have been written at a time; authors of some networks write any date they like. */
export function isPlausible(time: Date, now: Date): boolean {
  const ms = time.getTime();
  return ms >= earliest && ms <= now.getTime() + aheadMs;
}
