/** Returns the colour class of a polarity, after rounding to two digits. */
export function scoreClass(polarity: number): "good" | "bad" | "even" {
  if (Math.abs(polarity) < 0.005) return "even";
  return polarity > 0 ? "good" : "bad";
}
