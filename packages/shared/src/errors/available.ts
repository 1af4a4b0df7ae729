const maxNames = 20;

/** The clause of an error message that lists the available names, at most 20. */
export function available(names: Iterable<string>): string {
  const all = [...names];
  if (all.length === 0) return "none is available";
  const hiddenCount = all.length - maxNames;
  return `available: ${all.slice(0, maxNames).join(", ")}${hiddenCount > 0 ? ` and ${hiddenCount} more` : ""}`;
}
