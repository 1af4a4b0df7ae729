import { readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { findSources, type Position, type SourceMap } from "./source-map.ts";

/** A cache of mapped frames, because a repeated error has the same frames. */
const cache = new Map<string, string>();
const maxCached = 1_000;

/**
 * Replaces the positions of a stack trace in a bundle by those in the source files, as paths from the repo's folder. It reads the
 * map from the bundle's name with `.map`; without that file, the stack stays unchanged. A new position blocks for some
 * milliseconds, so call it only for errors that are logged.
 *
 * @param bundle the file that this module is bundled into
 */
export function toSourceStack(stack: string, bundle: string = __filename): string {
  // `at async score2 (/…/handler.js:3:45)`; a frame may lack the function and the parentheses.
  const frame = new RegExp(`([\\w$]+ \\()?${escapeRegExp(bundle)}:(\\d+):(\\d+)`, "g");
  const frames = [...stack.matchAll(frame)].map(([text, name = "", line, column]) => ({
    text,
    name,
    line: Number(line),
    column: Number(column),
  }));
  const unknown = frames.filter(({ text }) => !cache.has(text));
  if (unknown.length > 0) {
    if (cache.size + unknown.length > maxCached) cache.clear();
    for (const [text, source] of lookUp(bundle, unknown)) cache.set(text, source);
  }
  const mapped = stack.replace(frame, (text) => cache.get(text) ?? text);
  return withoutRoot(mapped, bundle);
}

/** The part of a frame with the bundle's position: `score2 (/…/handler.js:3:45`. */
interface Frame extends Position {
  text: string;
  /** `score2 (`, or empty. */
  name: string;
}

/** Pairs of a frame's text and its replacement. With a missing or broken map, frames stay unchanged. */
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

/** With `--enable-source-maps`, Node.js has already replaced the positions by absolute paths. */
function withoutRoot(stack: string, bundle: string): string {
  const root = resolve(dirname(bundle), "../../..");
  return root === sep ? stack : stack.replaceAll(`${root}${sep}`, "");
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
