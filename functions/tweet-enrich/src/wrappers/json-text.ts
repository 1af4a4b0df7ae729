import { parseJson } from "@platform/shared/function/body";

/** The object, or the array of objects, in a JSON text; undefined when the text is none: people write `[sic]`, too. */
export function readJsonText(text: string): unknown {
  if (!/^\s*(?:\{|\[\s*\{)/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
