/** Twitter, the oldest of the networks, began in 2006. */
const earliest = Date.UTC(2006, 0, 1);

/** How far an author's clock may be ahead. */
const aheadMs = 2 * 24 * 60 * 60 * 1000;

/** Whether a post can have been written at this time. Some networks let authors choose any date. */
export function isPlausible(time: Date, now: Date): boolean {
  const ms = time.getTime();
  return ms >= earliest && ms <= now.getTime() + aheadMs;
}
