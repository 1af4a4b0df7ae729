const mostNames = 20;

/** The clause of an error message that lists the available names, at most 20. */
export function available(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return "none is available";
  const further = all.length - mostNames;
  return `available: ${all.slice(0, mostNames).join(", ")}${further > 0 ? ` and ${further} more` : ""}`;
}
