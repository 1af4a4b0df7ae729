import { helpText } from "./help-text.mjs";
import { parseArguments } from "./parse-arguments.mjs";
import { UsageError } from "./usage-error.mjs";

export { UsageError } from "./usage-error.mjs";

/** A process's environment. @typedef {Readonly<Record<string, string | undefined>>} Environment */

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
 * @property {string} [sets] what a boolean option sets its variable to; "true" without it
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
 * @property {string} [invocation] how a user types it when that is not its name, such as "node main.cjs"
 * @property {string} summary one or more sentences
 * @property {string} [operands] how usage names the operands, such as "[NAME…]"; without it there are none
 * @property {string} [passThrough] the program that gets all other options, such as "jest"; the operands have them, in order
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

/**
 * A command with its two abilities: to print its help, and to read its arguments.
 *
 * @template {Readonly<Record<string, Option>>} const Options
 * @param {CommandDefinition<Options>} definition
 */
export function defineCommand(definition) {
  return {
    ...definition,
    help: () => helpText(definition),
    /**
     * Reads arguments.
     *
     * @param {readonly string[]} args
     * @param {Environment} [env] where npm leaves the options that it took for itself
     * @throws {UsageError} with the sentence for the user
     */
    parse: (args, env = {}) => parseArguments(definition, args, env),
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
    const { help, ...read } = parseArguments(definition, args, process.env);
    if (!help) return read;
    process.stdout.write(helpText(definition));
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    exitWithUsageError(definition, error);
  }
}

/**
 * The environment variables that the options on a command line stand for.
 *
 * @param {Readonly<Record<string, Option>>} options
 * @param {Readonly<Record<string, unknown>>} values
 * @returns {Record<string, string>}
 */
export function variablesOf(options, values) {
  return Object.fromEntries(
    Object.entries(options).flatMap(([long, { type, variable, sets = "true" }]) => {
      const value = values[long];
      if (variable === undefined || value === undefined) return [];
      return [[variable, type === "boolean" ? sets : String(value)]];
    }),
  );
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
