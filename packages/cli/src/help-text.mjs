/** @import { CommandDefinition, Option, Section } from "./command.mjs" */

/** The maximum length of a line in `--help`, unless a single word is longer. */
const lineWidth = 110;
/** A longer term has its explanation on the next line. */
const widestTerm = 28;

/** @type {Option} */
export const helpOption = { type: "boolean", short: "h", description: "print this text and exit" };

const usualExitCodes = { 0: "success", 1: "failure; the last line says why", 2: "the command line is wrong" };

/**
 * Formats the output of `--help`: usage, summary, options, the command's own sections, exit codes.
 *
 * @param {CommandDefinition<Readonly<Record<string, Option>>>} definition
 */
export function helpText({ passThrough, ...definition }) {
  const { summary, operands, options, sections = [], exitCodes = {} } = definition;
  const passed = passThrough === undefined ? undefined : `[options of ${passThrough}]`;
  const usage = ["Usage:", toInvocation(definition), operands, "[options]", passed].filter(Boolean).join(" ");
  /** @type {Section[]} */
  const all = [
    {
      heading: "Options",
      rows: Object.entries({ ...options, help: helpOption }).map(optionRow),
      ...(passThrough === undefined ? {} : { text: `All other options go to ${passThrough}.` }),
    },
    ...sections,
    { heading: "Exit codes", rows: Object.entries({ ...usualExitCodes, ...exitCodes }) },
  ];
  return `${[usage, wrap(summary, 0), ...all.map(sectionText)].join("\n\n")}\n`;
}

/**
 * The command as users type it before options.
 *
 * @param {{ name: string, invocation?: string }} definition
 */
export function toInvocation({ name, invocation }) {
  if (invocation !== undefined) return invocation;
  return name.startsWith("npm ") ? `${name} --` : name;
}

/**
 * @param {[long: string, option: Option]} entry
 * @returns {[term: string, explanation: string]}
 */
function optionRow([long, { short, value, type, description, fallback, variable }]) {
  const spelled = `--${long}${type === "string" ? ` ${value ?? "VALUE"}` : ""}`;
  const facts = [
    ...(fallback === undefined ? [] : [`default ${fallback}`]),
    ...(variable === undefined ? [] : [`also ${variable}`]),
  ];
  const explanation = facts.length === 0 ? description : `${description} (${facts.join("; ")})`;
  return [`${short === undefined ? "    " : `-${short}, `}${spelled}`, explanation];
}

/** @param {Section} section */
function sectionText({ heading, rows = [], text }) {
  const width = Math.min(Math.max(0, ...rows.map(([term]) => term.length)), widestTerm);
  const lines = rows.map(([term, explanation]) => {
    const separator =
      term.length > width ? `\n  ${" ".repeat(width)}  ` : " ".repeat(width - term.length + 2);
    return `  ${term}${separator}${wrap(explanation, width + 4)}`;
  });
  return [`${heading}:`, ...lines, ...(text === undefined ? [] : [`  ${wrap(text, 2)}`])].join("\n");
}

/**
 * Wraps a text between words, and ignores its own line breaks. Lines after the first are indented to a column.
 *
 * @param {string} text
 * @param {number} column
 */
function wrap(text, column) {
  const room = new RegExp(`(.{1,${lineWidth - column}}|\\S+)(?: +|$)`, "gm");
  const lines = text.replaceAll("\n", " ").match(room) ?? [];
  return lines.map((line) => line.trimEnd()).join(`\n${" ".repeat(column)}`);
}
