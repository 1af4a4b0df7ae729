import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";

/** The length in characters above which a line is split. */
const longest = 16_000;

/** Returns a function that takes a stream's chunks and emits its lines without colours; `undefined` ends the stream. */
export function splitLines(take: (line: string) => void): (chunk: Buffer | undefined) => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const emit = (line: string) => take(stripVTControlCharacters(line));
  return (chunk) => {
    const lines = (rest + (chunk === undefined ? decoder.end() : decoder.write(chunk))).split(/\r?\n/);
    rest = lines.pop()!;
    for (const line of lines) emit(line);
    for (; rest.length > longest; rest = rest.slice(longest)) emit(rest.slice(0, longest));
    if (chunk === undefined && rest !== "") emit(rest);
  };
}
