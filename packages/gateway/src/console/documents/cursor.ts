import { PlatformError } from "@platform/shared/errors/platform-error";

/** 400: the cursor is not one of this search. */
class InvalidCursorError extends PlatformError {
  constructor() {
    const detail = "cursor: must be the value of `next` in the answer before, with the same sort.";
    super({ status: 400, code: "invalid_cursor", detail });
  }
}

/** A place in the results, as a parameter of a URL. */
export function encodeCursor(place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/**
 * Reads a cursor.
 * @param isPlace checks what it has
 * @throws InvalidCursorError
 */
export function decodeCursor<T>(cursor: string, isPlace: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (isPlace(value)) return value;
  } catch {
    // Not JSON.
  }
  throw new InvalidCursorError();
}
