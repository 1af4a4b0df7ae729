import { useRef } from "preact/hooks";

/** The latest value that was not undefined: what a query had while its next answer is on the way. */
export function useKept<T>(value: T | undefined): T | undefined {
  const kept = useRef<T | undefined>(undefined);
  if (value !== undefined) kept.current = value;
  return kept.current;
}
