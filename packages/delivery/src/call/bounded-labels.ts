/**
 * Bounds the values of a label that functions choose: a function that makes up new ones must not fill Prometheus. The first
 * plain values are kept; the others become `other`.
 * @param most how many values are kept
 */
export function boundedLabels(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < most && /^[\w.-]{1,40}$/.test(value)) known.add(value);
    return known.has(value) ? value : "other";
  };
}
