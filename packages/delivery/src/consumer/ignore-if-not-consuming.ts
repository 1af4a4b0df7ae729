/** Ignores the errors that kafkajs throws if the consumer has not started or has crashed: then it has nothing to pause. */
export function ignoreIfNotConsuming(work: () => void): void {
  try {
    work();
  } catch {
    // A new consumer starts without pauses.
  }
}
