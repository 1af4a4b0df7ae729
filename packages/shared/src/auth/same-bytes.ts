import { createHash, timingSafeEqual } from "node:crypto";

/** Are two texts the same? The time it takes tells nothing of their content or length. */
export function sameBytes(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** Whether the text equals one of the others. It is compared with all of them, so the time does not reveal which. */
export function sameAsAny(text: string, others: readonly string[]): boolean {
  return others.map((other) => sameBytes(text, other)).includes(true);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
