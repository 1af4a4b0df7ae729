/** An object of a JSON text. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** A string that is not empty. */
export function asString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * An id: a string, or an integer in decimal. Above 2^53 it is undefined, as JSON.parse has rounded it to that of another.
 */
export function asId(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : asString(value);
}
