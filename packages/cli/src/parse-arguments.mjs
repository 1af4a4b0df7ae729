import { parseArgs } from "node:util";
import { helpOption, invocationOf } from "./help-text.mjs";
import { nearest } from "./nearest.mjs";
import { UsageError } from "./usage-error.mjs";

/** @import { CommandDefinition, Environment, Option, Values } from "./command.mjs" */

/**
 * Reads a command's arguments.
 *
 * @template {Readonly<Record<string, Option>>} Options
 * @param {CommandDefinition<Options>} definition
 * @param {readonly string[]} args
 * @param {Environment} env where npm leaves the options that it took for itself
 * @returns {{ values: Values<Options>, operands: string[], help: boolean }}
 * @throws {UsageError} with the sentence for the user
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
  /** The places of the arguments that are options of this command. @type {Set<number>} */
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
  return new UsageError(`unknown option ${rawName}${question} (${hintOf(definition)})`);
}

/**
 * @param {CommandDefinition<Readonly<Record<string, Option>>>} definition
 * @param {readonly string[]} positionals
 */
function requireOperands(definition, [first]) {
  if (first === undefined || definition.operands !== undefined) return;
  throw new UsageError(`unexpected argument "${first}" (${hintOf(definition)})`);
}

/**
 * `npm start --port 9000` gives `--port` to npm, which leaves it in the environment, as `true`, and starts the program with
 * `9000` alone; `--port=9000` goes there whole.
 *
 * @param {CommandDefinition<Readonly<Record<string, Option>>>} definition
 * @param {readonly string[]} args
 * @param {Environment} env
 */
function requireOwnOptions(definition, args, env) {
  if (!definition.name.startsWith("npm ")) return;
  for (const [long, { type, value = "VALUE" }] of Object.entries(definition.options)) {
    const taken = takenByNpm(long, env);
    if (taken === undefined || taken === "" || args.includes(`--${long}`)) continue;
    const given = taken === "true" ? (args.at(-1) ?? value) : taken;
    const typed = type === "boolean" ? `--${long}` : `--${long} ${given}`;
    throw new UsageError(
      `npm took ${typed} for an option of its own; put two hyphens before it: ${invocationOf(definition)} ${typed}`,
    );
  }
}

/** What npm made of an option: undefined when it took none; `--no-x` is an empty x there. @param {string} long @param {Environment} env */
function takenByNpm(long, env) {
  const variable = (/** @type {string} */ name) => `npm_config_${name.replaceAll("-", "_")}`;
  if (long.startsWith("no-") && env[variable(long.slice(3))] === "") return "true";
  return env[variable(long)];
}

/** @param {{ name: string, invocation?: string }} definition */
function hintOf(definition) {
  return `${invocationOf(definition)} --help lists the options`;
}
