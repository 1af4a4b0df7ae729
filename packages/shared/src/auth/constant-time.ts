import { createHash, timingSafeEqual } from "node:crypto";

/** Compares two texts in constant time: the duration reveals neither content nor length. */
export function equalsInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** Whether the text equals any of the others. It compares with all of them, so the duration does not reveal which one. */
export function equalsAnyInConstantTime(text: string, others: readonly string[]): boolean {
  return others.map((other) => equalsInConstantTime(text, other)).includes(true);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
