import { parseJson } from "@platform/shared/function/body";
import { isObject, type JsonObject } from "../posts/json.ts";

/** An object or array in a JSON text; undefined when it is none. */
export function readJsonText(text: string): JsonObject | unknown[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value = parseJson(text);
    return isObject(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
