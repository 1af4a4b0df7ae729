/** The colour of a polarity, as it is written with two digits. */
export function scoreClass(polarity: number): "good" | "bad" | "even" {
  if (Math.abs(polarity) < 0.005) return "even";
  return polarity > 0 ? "good" : "bad";
}
