/** The position of an object's member, or of an array's item, in JSON text. */
export interface JsonMember {
  /** The member's name; empty for an item. */
  name: string;
  /** The index of the value's first character. */
  start: number;
  /** The index after its last character. */
  end: number;
}

/**
 * Finds the members of an object, or the items of an array, in its text. JSON.parse would lose digits, escapes and white space of
 * the values.
 * @param json valid JSON; the result for any other text is meaningless
 */
export function jsonMembers(json: string): JsonMember[] {
  const members: JsonMember[] = [];
  const structural = /["{}[\],:]/g;
  let depth = 0;
  let start = 0;
  let name = "";
  let quoted = "";
  for (let match = structural.exec(json); match !== null; match = structural.exec(json)) {
    const { 0: character, index } = match;
    if (character === '"') {
      structural.lastIndex = endOfString(json, index);
      if (depth === 1) quoted = json.slice(index, structural.lastIndex);
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth === 1) start = index + 1;
    } else if (character === ":") {
      if (depth !== 1) continue;
      name = JSON.parse(quoted);
      start = index + 1;
    } else {
      if (depth === 1) {
        const value = withoutSpace(json, start, index);
        if (value.start < value.end) members.push({ name, ...value });
        name = "";
        start = index + 1;
      }
      if (character !== ",") depth -= 1;
    }
  }
  return members;
}

/** The index after the closing quote of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end === -1 ? json.length : end + 1;
}

/** Whether an odd number of backslashes precedes this character. */
function isEscaped(json: string, index: number): boolean {
  let before = index;
  while (json[before - 1] === "\\") before -= 1;
  return (index - before) % 2 === 1;
}

function withoutSpace(json: string, from: number, to: number): { start: number; end: number } {
  const text = json.slice(from, to);
  const start = from + text.length - text.trimStart().length;
  return { start, end: start + text.trim().length };
}
