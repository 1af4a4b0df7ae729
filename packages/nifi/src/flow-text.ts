const width = 110;

/** Serialises a flow definition in the format that `npm run check` expects of JSON: short arrays on one line. */
export function flowText(definition: object): string {
  return `${serialize(definition, "", 0)}\n`;
}

/** @param usedWidth number of columns already used in the line @param indent indentation of that line */
function serialize(value: unknown, indent: string, usedWidth: number): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const simple = value.every((item) => typeof item !== "object" || item === null);
    if (value.length === 0 || (simple && usedWidth + flat.length + 1 <= width)) return flat;
    return `[\n${value.map((item) => deeper + serialize(item, deeper, deeper.length)).join(",\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const lines = Object.entries(value).map(([key, item]) => {
    const begin = `${deeper}${JSON.stringify(key)}: `;
    return begin + serialize(item, deeper, begin.length);
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}
