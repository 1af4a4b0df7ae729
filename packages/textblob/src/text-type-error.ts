/**
 * Thrown by every function of this package for an argument that is not a string. A `TypeError` with a stable `code`;
 * `received` is the type of the argument (from `typeof`, or `"null"`).
 */
export class TextTypeError extends TypeError {
  override readonly name = "TextTypeError";
  readonly code = "text_type";
  readonly received: string;

  constructor(value: unknown) {
    const received = value === null ? "null" : typeof value;
    super(`The text to analyse must be a string, not ${received}`);
    this.received = received;
  }
}

/** Throws a {@link TextTypeError} unless `value` is a string. */
export function assertText(value: unknown): asserts value is string {
  if (typeof value !== "string") throw new TextTypeError(value);
}
