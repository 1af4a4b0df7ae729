import { useEffect, useState } from "preact/hooks";
import { dateTimeText, spanText } from "./format.ts";

const listeners = new Set<() => void>();
setInterval(() => {
  for (const listener of listeners) listener();
}, 1_000);

/** A relative time such as "3 s ago", with the exact time on hover and for screen readers. */
export function RelativeTime({ time }: { time: number }) {
  const now = useNow();
  const distance = now - time;
  const text = distance < 0 ? `in ${spanText(-distance)}` : `${spanText(distance)} ago`;
  return (
    <time dateTime={new Date(time).toISOString()} title={dateTimeText(time)}>
      {text}
    </time>
  );
}

/** Returns the current time in milliseconds since 1970, and updates every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const listener = () => setNow(Date.now());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return now;
}
