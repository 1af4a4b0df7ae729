import { accessSync, constants } from "node:fs";
import { dirname, resolve } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { benchCommand, benches } from "./command.mjs";
import { readResults } from "./results.mjs";

/** Parses the command line; exits the process on a usage error. */
export function readOptions() {
  const { only = [], rounds = "5", json, compare } = readCommandLine(benchCommand).values;
  const all = /** @type {(keyof typeof benches)[]} */ (Object.keys(benches));
  try {
    const unknown = only.find((name) => !Object.hasOwn(benches, name));
    if (unknown !== undefined) {
      throw new UsageError(`unknown benchmark ${unknown}; available: ${all.join(", ")}`);
    }
    if (!/^[1-9]\d{0,3}$/.test(rounds)) {
      throw new UsageError(`--rounds must be a whole number above 0, not "${rounds}"`);
    }
    if (json !== undefined && compare !== undefined && resolve(json) === resolve(compare)) {
      throw new UsageError(`--json would replace ${compare}, which --compare reads; choose another file`);
    }
    if (json !== undefined) asUsage("--json", () => accessSync(dirname(resolve(json)), constants.W_OK));
    return {
      names: all.filter((name) => only.length === 0 || only.includes(name)),
      rounds: Number(rounds),
      json,
      earlier:
        compare === undefined
          ? undefined
          : { file: compare, results: asUsage("--compare", () => readResults(compare)) },
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return exitWithUsageError(benchCommand, error);
  }
}

/**
 * Converts a failure to a usage error, so that an invalid file is reported before the first measurement.
 *
 * @template T
 * @param {string} option
 * @param {() => T} work
 */
function asUsage(option, work) {
  try {
    return work();
  } catch (error) {
    throw new UsageError(`${option}: ${/** @type {Error} */ (error).message}`);
  }
}
