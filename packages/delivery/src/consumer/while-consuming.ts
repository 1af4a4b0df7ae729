/** kafkajs throws when the consumer has not begun or has crashed: then there is nothing to pause. */
export function whileConsuming(work: () => void): void {
  try {
    work();
  } catch {
    // A new consumer begins without pauses.
  }
}
