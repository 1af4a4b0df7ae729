import { parseJson } from "@platform/shared/function/body";

/** Parses the JSON text of an object or of an array of objects; undefined for any other text, such as `[sic]`. */
export function readJsonText(text: string): unknown {
  if (!/^\s*(?:\{|\[\s*\{)/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
