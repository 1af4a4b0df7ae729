import { useRef } from "preact/hooks";

/** Returns the last defined value, such as the previous answer of a query while the next one loads. */
export function useKept<T>(value: T | undefined): T | undefined {
  const kept = useRef<T | undefined>(undefined);
  if (value !== undefined) kept.current = value;
  return kept.current;
}
