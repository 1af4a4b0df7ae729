/**
 * Limits the cardinality of a label whose values come from functions. It keeps the first plain values; others become `other`.
 * @param maxValues the number of values to keep
 */
export function boundedLabels(maxValues: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < maxValues && /^[\w.-]{1,40}$/.test(value)) known.add(value);
    return known.has(value) ? value : "other";
  };
}
