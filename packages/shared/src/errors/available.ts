const mostNames = 20;

/** A clause for a sentence about a name that is not there: the names that are, as far as a sentence has room. */
export function available(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return "none is available";
  const further = all.length - mostNames;
  return `available: ${all.slice(0, mostNames).join(", ")}${further > 0 ? ` and ${further} more` : ""}`;
}
