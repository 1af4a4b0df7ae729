import { readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { findSources, type Position, type SourceMap } from "./source-map.ts";

/** What has been looked up: an error that repeats comes from the same places. */
const known = new Map<string, string>();
const mostKnown = 1_000;

/**
 * A stack trace whose positions in a bundle are those in the source files, as paths from the repo's folder. The map is
 * the bundle's name with `.map`; without one the stack stays as it is. Blocks for some milliseconds when a position is
 * new, so it is for errors that go to the log, not for each error.
 *
 * @param bundle the file that this module is bundled into
 */
export function toSourceStack(stack: string, bundle: string = __filename): string {
  // `at async score2 (/…/handler.js:3:45)`: a frame's function may be missing, and its position may stand bare.
  const frame = new RegExp(`([\\w$]+ \\()?${escapeRegExp(bundle)}:(\\d+):(\\d+)`, "g");
  const frames = [...stack.matchAll(frame)].map(([text, name = "", line, column]) => ({
    text,
    name,
    line: Number(line),
    column: Number(column),
  }));
  const unknown = frames.filter(({ text }) => !known.has(text));
  if (unknown.length > 0) {
    if (known.size + unknown.length > mostKnown) known.clear();
    for (const [text, source] of lookUp(bundle, unknown)) known.set(text, source);
  }
  const mapped = stack.replace(frame, (text) => known.get(text) ?? text);
  return withoutRoot(mapped, bundle);
}

/** A frame's part that names the bundle: `score2 (/…/handler.js:3:45`. */
interface Frame extends Position {
  text: string;
  /** `score2 (`, or empty. */
  name: string;
}

/** The frames' texts and what takes their places. The frames stay where the map is missing or broken: the error matters more. */
function lookUp(bundle: string, frames: readonly Frame[]): [string, string][] {
  try {
    const map: SourceMap = JSON.parse(readFileSync(`${bundle}.map`, "utf8"));
    const renamed = new Set(map.names);
    const sources = findSources(map, frames);
    return frames.map(({ text, name }, index) => {
      const source = sources[index];
      return [text, source === undefined ? text : sourceName(name, renamed) + source];
    });
  } catch {
    return frames.map(({ text }) => [text, text]);
  }
}

/** esbuild calls the second `score` of a bundle `score2`, and the map has `score` among its names. */
function sourceName(name: string, renamed: ReadonlySet<string>): string {
  const [, original = ""] = /^(.*?)\d+ \($/.exec(name) ?? [];
  return renamed.has(original) ? `${original} (` : name;
}

/** With `--enable-source-maps` Node.js has replaced the positions already, by absolute paths. */
function withoutRoot(stack: string, bundle: string): string {
  const root = resolve(dirname(bundle), "../../..");
  return root === sep ? stack : stack.replaceAll(`${root}${sep}`, "");
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
