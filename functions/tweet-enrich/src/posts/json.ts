/** A parsed JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** The value if it is a non-empty string. */
export function asString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * An id: a string, or an integer in decimal. Undefined for an integer above 2^53, because JSON.parse may have rounded it.
 */
export function asId(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : asString(value);
}
