/**
 * Limits the cardinality of a label whose values come from functions. It keeps the first plain values; others become `other`.
 * @param most the number of values to keep
 */
export function boundedLabels(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < most && /^[\w.-]{1,40}$/.test(value)) known.add(value);
    return known.has(value) ? value : "other";
  };
}
