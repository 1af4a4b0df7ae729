import { useRef } from "preact/hooks";

/** Returns the last defined value, such as the previous answer of a query while the next one loads. */
export function useLastDefined<T>(value: T | undefined): T | undefined {
  const last = useRef<T | undefined>(undefined);
  if (value !== undefined) last.current = value;
  return last.current;
}
