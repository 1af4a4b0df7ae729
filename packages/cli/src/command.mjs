import { parseArgs } from "node:util";
import { nearest } from "./nearest.mjs";

/**
 * One option of a command, in the form of `node:util`'s parseArgs with the words for `--help`.
 *
 * @typedef {object} Option
 * @property {"string" | "boolean"} type
 * @property {string} description what it does, without a full stop
 * @property {string} [value] how `--help` calls the value of a string option, such as N or FILE
 * @property {string} [short] one letter
 * @property {string} [fallback] what holds when it is not given, as `--help` prints it
 * @property {string} [variable] the environment variable that sets it as well
 * @property {boolean} [multiple] whether it may be repeated
 */

/**
 * A block of lines that `--help` prints under a heading: a name and its explanation.
 *
 * @typedef {object} Section
 * @property {string} heading
 * @property {readonly (readonly [term: string, explanation: string])[]} [rows]
 * @property {string} [text]
 */

/**
 * A command line program. This module has no dependency, so scripts can use it before anything is installed.
 *
 * @template {Readonly<Record<string, Option>>} Options
 * @typedef {object} CommandDefinition
 * @property {string} name how a user types it, such as "npm start" or "npm run images"
 * @property {string} summary one or more sentences
 * @property {string} [operands] how usage names the operands, such as "[NAME…]"; without it there are none
 * @property {Options} options `--help` is added
 * @property {readonly Section[]} [sections] more for `--help`: settings, commands, notes
 * @property {Readonly<Record<number, string>>} [exitCodes] in addition to 0, 1 and 2, or with other words
 */

/**
 * The values of a command's options.
 *
 * @template {Readonly<Record<string, Option>>} Options
 * @typedef {{ [Name in keyof Options]?: Options[Name]["type"] extends "boolean" ? boolean : Options[Name]["multiple"] extends true ? string[] : string }} Values
 */

/** The user typed something that the command does not take. Exit code 2. */
export class UsageError extends Error {
  /** @override */
  name = "UsageError";
}

/** @type {Option} */
const helpOption = { type: "boolean", short: "h", description: "print this text and exit" };
const usualExitCodes = { 0: "success", 1: "failure; the last line says why", 2: "the command line is wrong" };

/**
 * A command with its two abilities: to print its help, and to read its arguments.
 *
 * @template {Readonly<Record<string, Option>>} const Options
 * @param {CommandDefinition<Options>} definition
 */
export function defineCommand(definition) {
  return {
    ...definition,
    help: () => helpOf(definition),
    /**
     * Reads arguments.
     *
     * @param {readonly string[]} args
     * @param {Readonly<Record<string, string | undefined>>} [env] where npm leaves the options that it took for itself
     * @returns {{ values: Values<Options>, operands: string[], help: boolean }}
     * @throws {UsageError} with the sentence for the user
     */
    parse: (args, env = {}) => parse(definition, args, env),
  };
}

/**
 * Reads a command's arguments in a program's own process: prints the help and exits with 0, or a usage error and exits
 * with 2.
 *
 * @template {Readonly<Record<string, Option>>} const Options
 * @param {CommandDefinition<Options>} definition
 * @param {readonly string[]} [args]
 * @returns {{ values: Values<Options>, operands: string[] }}
 */
export function readCommandLine(definition, args = process.argv.slice(2)) {
  try {
    const { help, ...read } = parse(definition, args, process.env);
    if (!help) return read;
    process.stdout.write(helpOf(definition));
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    exitWithUsageError(definition, error);
  }
}

/**
 * Prints a usage error and exits with 2.
 *
 * @param {{ name: string }} command
 * @param {UsageError} error
 * @returns {never}
 */
export function exitWithUsageError({ name }, error) {
  console.error(`${name}: ${error.message}`);
  process.exit(2);
}

/**
 * @template {Readonly<Record<string, Option>>} Options
 * @param {CommandDefinition<Options>} definition
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {{ values: Values<Options>, operands: string[], help: boolean }}
 */
function parse(definition, args, env) {
  const { name, operands: expected } = definition;
  const options = { ...definition.options, help: helpOption };
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([long, { type, short, multiple = false }]) => [
        long,
        { type, multiple, ...(short === undefined ? {} : { short }) },
      ]),
    ),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const hint = `${invocation(name)} --help lists the options`;
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = /** @type {Record<string, Option>} */ (options)[token.name];
    if (option === undefined) {
      const guess = nearest(token.name, Object.keys(options));
      throw new UsageError(
        `unknown option ${token.rawName}${guess === undefined ? "" : `; did you mean --${guess}?`} (${hint})`,
      );
    }
    if (option.type === "string" && (token.value === undefined || token.value === "")) {
      throw new UsageError(`${token.rawName} needs a value: --${token.name} ${option.value ?? "VALUE"}`);
    }
    if (option.type === "boolean" && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value`);
    }
  }
  if (values.help !== true) requireOwnOptions(definition, args, env);
  if (expected === undefined && positionals.length > 0 && values.help !== true) {
    throw new UsageError(`unexpected argument "${positionals[0]}" (${hint})`);
  }
  return {
    values: /** @type {Values<Options>} */ (values),
    operands: positionals,
    help: values.help === true,
  };
}

/**
 * `npm start --port 9000` gives `--port` to npm, which leaves it in the environment and starts the program without it.
 *
 * @param {CommandDefinition<Readonly<Record<string, Option>>>} definition
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 */
function requireOwnOptions({ name, options }, args, env) {
  if (!name.startsWith("npm ")) return;
  for (const [long, { type }] of Object.entries(options)) {
    const taken = env[`npm_config_${long.replaceAll("-", "_")}`];
    if (taken === undefined || taken === "" || args.includes(`--${long}`)) continue;
    const typed = type === "boolean" || taken === "true" ? `--${long}` : `--${long} ${taken}`;
    throw new UsageError(
      `npm took ${typed} for an option of its own; put two hyphens before it: ${invocation(name)} ${typed}`,
    );
  }
}

/** @param {CommandDefinition<Readonly<Record<string, Option>>>} definition */
function helpOf({ name, summary, operands, options, sections = [], exitCodes = {} }) {
  const optionRows = Object.entries({ ...options, help: helpOption }).map(
    ([long, { short, value, type, description, fallback, variable }]) => {
      const spelled = `--${long}${type === "string" ? ` ${value ?? "VALUE"}` : ""}`;
      const facts = [
        ...(fallback === undefined ? [] : [`default ${fallback}`]),
        ...(variable === undefined ? [] : [`also ${variable}`]),
      ];
      const explanation = facts.length === 0 ? description : `${description} (${facts.join("; ")})`;
      return /** @type {const} */ ([
        `${short === undefined ? "    " : `-${short}, `}${spelled}`,
        explanation,
      ]);
    },
  );
  const exitRows = Object.entries({ ...usualExitCodes, ...exitCodes }).map(
    ([code, meaning]) => /** @type {const} */ ([code, meaning]),
  );
  /** @type {Section[]} */
  const all = [
    { heading: "Options", rows: optionRows },
    ...sections,
    { heading: "Exit codes", rows: exitRows },
  ];
  const usage = `Usage: ${[invocation(name), operands, "[options]"].filter(Boolean).join(" ")}`;
  return `${[usage, summary, ...all.map(sectionText)].join("\n\n")}\n`;
}

/** @param {Section} section */
function sectionText({ heading, rows = [], text }) {
  const width = Math.min(Math.max(0, ...rows.map(([term]) => term.length)), 28);
  const lines = rows.map(([term, explanation]) =>
    term.length > width
      ? `  ${term}\n  ${" ".repeat(width)}  ${explanation}`
      : `  ${term.padEnd(width)}  ${explanation}`,
  );
  return [`${heading}:`, ...lines, ...(text === undefined ? [] : [text])].join("\n");
}

/** How a user types the command when options follow. @param {string} name */
function invocation(name) {
  return name.startsWith("npm ") ? `${name} --` : name;
}
