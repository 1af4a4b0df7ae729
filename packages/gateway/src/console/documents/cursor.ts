import { PlatformError } from "@platform/shared/errors/platform-error";

/** 400: the cursor does not belong to this search. */
class InvalidCursorError extends PlatformError {
  constructor() {
    const detail = "cursor: must be the value of `next` in the previous answer, with the same sort.";
    super({ status: 400, code: "invalid_cursor", detail });
  }
}

/** Encodes a position in the results as a URL parameter. */
export function encodeCursor(position: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/**
 * Decodes a cursor.
 * @param isPosition validates the decoded position
 * @throws InvalidCursorError
 */
export function decodeCursor<T>(cursor: string, isPosition: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (isPosition(value)) return value;
  } catch {
    // Not JSON.
  }
  throw new InvalidCursorError();
}
