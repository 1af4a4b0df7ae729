/** The broker's errors for a message or batch above the size limit of its topic. */
const names = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"]);

/** Whether Kafka refused a message for its size. kafkajs wraps the broker's error. */
export function isTooLarge(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { type, cause, originalError } = error as {
    type?: unknown;
    cause?: unknown;
    originalError?: unknown;
  };
  return names.has(String(type)) || isTooLarge(cause, depth + 1) || isTooLarge(originalError, depth + 1);
}
