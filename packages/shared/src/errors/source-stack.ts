import { readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { findSources, type Position } from "./source-map.ts";

/** Positions that have been looked up: an error that repeats comes from the same places. */
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
  const frame = new RegExp(`${escapeRegExp(bundle)}:(\\d+):(\\d+)`, "g");
  const positions = [...stack.matchAll(frame)].map(([place, line, column]) => ({
    place,
    line: Number(line),
    column: Number(column),
  }));
  const unknown = positions.filter(({ place }) => !known.has(place));
  if (unknown.length > 0) {
    const sources = lookUp(bundle, unknown);
    if (known.size + unknown.length > mostKnown) known.clear();
    for (const [index, { place }] of unknown.entries()) known.set(place, sources[index] ?? place);
  }
  return withoutRoot(
    stack.replace(frame, (place) => known.get(place) ?? place),
    bundle,
  );
}

/** None where the map is missing or broken: the error itself matters more. */
function lookUp(bundle: string, positions: readonly Position[]): (string | undefined)[] {
  try {
    return findSources(JSON.parse(readFileSync(`${bundle}.map`, "utf8")), positions);
  } catch {
    return [];
  }
}

/** With `--enable-source-maps` Node.js has replaced the positions already, by absolute paths. */
function withoutRoot(stack: string, bundle: string): string {
  const root = resolve(dirname(bundle), "../../..");
  return root === sep ? stack : stack.replaceAll(`${root}${sep}`, "");
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
