// Draws a processor profile of Node.js (node --cpu-prof) as a flame graph in SVG.
//
//     node bench/flame-graph.mjs PROFILE.cpuprofile > FILE.svg

import { readFileSync } from "node:fs";
import { basename } from "node:path";

/**
 * A function on a call stack, with the share of samples in it and below it.
 *
 * @typedef {{ name: string, location: string, microseconds: number, frames: Map<string, Frame> }} Frame
 */

/** @typedef {{ id: number, callFrame: { functionName: string, url: string, lineNumber: number }, children?: number[] }} ProfileNode */
/** @typedef {{ nodes: ProfileNode[], samples: number[], timeDeltas: number[] }} Profile */

const width = 1_200;
const rowHeight = 16;
/** Frames below this width in pixels are omitted. */
const minWidth = 1.5;
/** Without idle time, in which nothing runs. */
const idle = new Set(["(idle)", "(program)"]);

/** Merges the call stacks of a profile. */
function toFrames(/** @type {Profile} */ { nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const stacks = new Map(nodes.map(({ id }) => [id, readStack(id)]));

  /** @returns {ProfileNode[]} from the outermost call */
  function readStack(/** @type {number} */ id) {
    /** @type {ProfileNode[]} */
    const stack = [];
    for (let at = /** @type {number | undefined} */ (id); at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      if (node !== undefined && node.callFrame.functionName !== "(root)") stack.unshift(node);
    }
    return stack;
  }

  const root = newFrame("all", "");
  for (const [index, id] of samples.entries()) {
    const stack = stacks.get(id) ?? [];
    const microseconds = timeDeltas[index] ?? 0;
    if (stack.some(({ callFrame }) => idle.has(callFrame.functionName))) continue;
    root.microseconds += microseconds;
    let frame = root;
    for (const { callFrame } of stack) {
      const name = callFrame.functionName || "(anonymous)";
      const location = callFrame.url === "" ? "" : `${basename(callFrame.url)}:${callFrame.lineNumber + 1}`;
      const key = `${name} ${location}`;
      const inner = frame.frames.get(key) ?? newFrame(name, location);
      frame.frames.set(key, inner);
      inner.microseconds += microseconds;
      frame = inner;
    }
  }
  return root;
}

/** @returns {Frame} */
function newFrame(/** @type {string} */ name, /** @type {string} */ location) {
  return { name, location, microseconds: 0, frames: new Map() };
}

/** Draws a frame and the frames above it. @returns {{ svg: string, depth: number }} */
function draw(/** @type {Frame} */ frame, /** @type {Frame} */ root, x = 0, depth = 0) {
  const scale = width / root.microseconds;
  const frameWidth = frame.microseconds * scale;
  const share = ((frame.microseconds / root.microseconds) * 100).toFixed(1);
  const title = `${frame.name} ${frame.location} ${share} %`;
  const letters = Math.floor((frameWidth - 6) / 6.5);
  const label = letters < 3 ? "" : frame.name.slice(0, letters);
  const parts = [
    `<g><title>${escapeXml(title)}</title>`,
    `<rect x="${x.toFixed(1)}" y="${-(depth + 1) * rowHeight}" width="${Math.max(frameWidth - 0.5, 0.5).toFixed(1)}" height="${rowHeight - 1}" fill="${colour(frame)}"/>`,
    label === ""
      ? ""
      : `<text x="${(x + 3).toFixed(1)}" y="${-(depth + 1) * rowHeight + 11}">${escapeXml(label)}</text>`,
    "</g>",
  ];
  let deepest = depth;
  let at = x;
  for (const inner of [...frame.frames.values()].sort((a, b) => b.microseconds - a.microseconds)) {
    if (inner.microseconds * scale < minWidth) continue;
    const drawn = draw(inner, root, at, depth + 1);
    parts.push(drawn.svg);
    deepest = Math.max(deepest, drawn.depth);
    at += inner.microseconds * scale;
  }
  return { svg: parts.join(""), depth: deepest };
}

/** Our code, the template and its packages, and Node.js. */
function colour(/** @type {Frame} */ { location }) {
  if (location.startsWith("handler.js")) return "#f0a35e";
  return location.includes("template-host") || location.startsWith("index.js") ? "#9cc3e6" : "#d5d5d5";
}

const escapeXml = (/** @type {string} */ text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write("usage: node bench/flame-graph.mjs PROFILE.cpuprofile > FILE.svg\n");
  process.exit(2);
}
const rootFrame = toFrames(JSON.parse(readFileSync(path, "utf8")));
const { svg, depth: maxDepth } = draw(rootFrame, rootFrame);
const height = (maxDepth + 1) * rowHeight;
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-height} ${width} ${height}" font-family="monospace" font-size="10"><title>Flame graph</title>${svg}</svg>\n`,
);
