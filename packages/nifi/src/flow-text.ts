const width = 110;

/** A flow definition as text, in the form that `npm run check` wants of JSON: short lists are one line. */
export function flowText(definition: object): string {
  return `${textOf(definition, "", 0)}\n`;
}

/** @param taken how many columns the line has already @param indent of that line */
function textOf(value: unknown, indent: string, taken: number): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
    const simple = value.every((one) => typeof one !== "object" || one === null);
    if (value.length === 0 || (simple && taken + flat.length + 1 <= width)) return flat;
    return `[\n${value.map((one) => deeper + textOf(one, deeper, deeper.length)).join(",\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(([key, one]) => {
    const begin = `${deeper}${JSON.stringify(key)}: `;
    return begin + textOf(one, deeper, begin.length);
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}
