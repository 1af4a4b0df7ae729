import { helpText } from "./help-text.mjs";
import { parseArguments } from "./parse-arguments.mjs";
import { UsageError } from "./usage-error.mjs";

export { UsageError } from "./usage-error.mjs";

/** A process's environment. @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * An option of a command, in the form of `node:util`'s parseArgs, with its texts for `--help`.
 *
 * @typedef {object} Option
 * @property {"string" | "boolean"} type
 * @property {string} description its effect, without a full stop
 * @property {string} [value] the name of a string option's value in `--help`, such as N or FILE
 * @property {string} [short] one letter
 * @property {string} [fallback] the default, as `--help` prints it
 * @property {string} [variable] the environment variable with the same effect
 * @property {string} [sets] the value that a boolean option gives its variable; default "true"
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
 * A command-line program. This module has no dependency, so scripts can use it before the installation of packages.
 *
 * @template {Readonly<Record<string, Option>>} Options
 * @typedef {object} CommandDefinition
 * @property {string} name the command as users type it, such as "npm start" or "npm run images"
 * @property {string} [invocation] the command as users type it if it differs from the name, such as "node main.cjs"
 * @property {string} summary one or more sentences
 * @property {string} [operands] the operands in the usage line, such as "[NAME…]"; unset: none are allowed
 * @property {string} [passThrough] the program that receives all other options, such as "jest"; they are operands, in order
 * @property {Options} options without `--help`, which is added
 * @property {readonly Section[]} [sections] further sections of `--help`: settings, commands, notes
 * @property {Readonly<Record<number, string>>} [exitCodes] exit codes in addition to 0, 1 and 2, or other texts for them
 */

/**
 * The values of a command's options.
 *
 * @template {Readonly<Record<string, Option>>} Options
 * @typedef {{ [Name in keyof Options]?: Options[Name]["type"] extends "boolean" ? boolean : Options[Name]["multiple"] extends true ? string[] : string }} Values
 */

/**
 * Defines a command, which can print its help and parse its arguments.
 *
 * @template {Readonly<Record<string, Option>>} const Options
 * @param {CommandDefinition<Options>} definition
 */
export function defineCommand(definition) {
  return {
    ...definition,
    help: () => helpText(definition),
    /**
     * Parses arguments.
     *
     * @param {readonly string[]} args
     * @param {Environment} [env] has the options that npm took as its own
     * @throws {UsageError} with a message for the user
     */
    parse: (args, env = {}) => parseArguments(definition, args, env),
  };
}

/**
 * Reads the arguments of this process. With `--help`, it prints the help and exits with 0. For a usage error, it prints the error and
 * exits with 2.
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
export function toVariables(options, values) {
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
