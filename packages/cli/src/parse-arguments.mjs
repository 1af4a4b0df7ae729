import { parseArgs } from "node:util";
import { helpOption, toInvocation } from "./help-text.mjs";
import { nearest } from "./nearest.mjs";
import { UsageError } from "./usage-error.mjs";

/** @import { CommandDefinition, Environment, Option, Values } from "./command.mjs" */

/**
 * Parses the arguments of a command.
 *
 * @template {Readonly<Record<string, Option>>} Options
 * @param {CommandDefinition<Options>} definition
 * @param {readonly string[]} args
 * @param {Environment} env has the options that npm took as its own
 * @returns {{ values: Values<Options>, operands: string[], help: boolean }}
 * @throws {UsageError} with a message for the user
 */
export function parseArguments(definition, args, env) {
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
  /** The indexes of the arguments that are options of this command. @type {Set<number>} */
  const own = new Set();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const option = /** @type {Record<string, Option>} */ (options)[token.name];
    if (option === undefined) {
      if (definition.passThrough !== undefined) continue;
      throw unknownOption(definition, token, Object.keys(options));
    }
    if (option.type === "string" && (token.value === undefined || token.value === "")) {
      throw new UsageError(`${token.rawName} needs a value: --${token.name} ${option.value ?? "VALUE"}`);
    }
    if (option.type === "boolean" && token.value !== undefined) {
      throw new UsageError(`${token.rawName} takes no value`);
    }
    own.add(token.index);
    if (token.value !== undefined && !token.inlineValue) own.add(token.index + 1);
  }
  const help = values.help === true;
  if (!help) requireOwnOptions(definition, args, env);
  if (!help && definition.passThrough === undefined) requireOperands(definition, positionals);
  return {
    values: /** @type {Values<Options>} */ (values),
    operands: definition.passThrough === undefined ? positionals : args.filter((_, index) => !own.has(index)),
    help,
  };
}

/**
 * @param {{ name: string, invocation?: string }} definition
 * @param {{ name: string, rawName: string }} token
 * @param {string[]} names
 */
function unknownOption(definition, { name, rawName }, names) {
  const guess = nearest(name, names);
  const question = guess === undefined ? "" : `; did you mean --${guess}?`;
  return new UsageError(`unknown option ${rawName}${question} (${toHint(definition)})`);
}

/**
 * @param {CommandDefinition<Readonly<Record<string, Option>>>} definition
 * @param {readonly string[]} positionals
 */
function requireOperands(definition, [first]) {
  if (first === undefined || definition.operands !== undefined) return;
  throw new UsageError(`unexpected argument "${first}" (${toHint(definition)})`);
}

/**
 * Reports options that npm took as its own. For `npm start --port 9000`, npm sets `--port` to `true` in the environment, and passes
 * only `9000` to the program. `--port=9000` is in the environment as a whole.
 *
 * @param {CommandDefinition<Readonly<Record<string, Option>>>} definition
 * @param {readonly string[]} args
 * @param {Environment} env
 */
function requireOwnOptions(definition, args, env) {
  if (!definition.name.startsWith("npm ")) return;
  for (const [long, { type, value = "VALUE" }] of Object.entries(definition.options)) {
    const npmValue = readNpmOption(long, env);
    if (npmValue === undefined || npmValue === "" || args.includes(`--${long}`)) continue;
    const given = npmValue === "true" ? (args.at(-1) ?? value) : npmValue;
    const typed = type === "boolean" ? `--${long}` : `--${long} ${given}`;
    throw new UsageError(
      `npm took ${typed} as its own option; put two hyphens before it: ${toInvocation(definition)} ${typed}`,
    );
  }
}

/**
 * The value that npm has for an option; undefined if it took none. For `--no-x`, npm has an empty x.
 *
 * @param {string} long
 * @param {Environment} env
 */
function readNpmOption(long, env) {
  const variable = (/** @type {string} */ name) => `npm_config_${name.replaceAll("-", "_")}`;
  if (long.startsWith("no-") && env[variable(long.slice(3))] === "") return "true";
  return env[variable(long)];
}

/** @param {{ name: string, invocation?: string }} definition */
function toHint(definition) {
  return `${toInvocation(definition)} --help lists the options`;
}
