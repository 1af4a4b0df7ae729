// `npm run capacity -- --bench FILE`: what the platform takes, and what it needs for more, by what a bench has measured.
import { readFileSync } from "node:fs";
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { partsOf, planFor } from "./capacity-model.mjs";
import { fail } from "./install.mjs";

const command = /** @type {const} */ ({
  name: "npm run capacity",
  summary: "Plans how many of each part a rate of tweets needs, from the measurements of a bench.",
  options: {
    bench: {
      type: "string",
      value: "FILE",
      description: "what npm run bench -- --only overhead --only enrich --json FILE has written; required",
    },
    "tweets-per-second": {
      type: "string",
      value: "N",
      multiple: true,
      description: "plan for this rate; may be repeated",
      fallback: "1000, 10000 and 100000",
    },
  },
});

const usual = ["1000", "10000", "100000"];

const number = (/** @type {number} */ value) => value.toLocaleString("en", { maximumSignificantDigits: 3 });

/** Lines of a table, the first column to the left and the others to the right. */
function table(/** @type {string[][]} */ lines) {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}

const { bench, "tweets-per-second": wanted = usual } = readCommandLine(command).values;
const wrong = wanted.find((count) => !/^[1-9]\d{0,8}$/.test(count));
if (bench === undefined) exitWithUsageError(command, new UsageError("--bench FILE is required"));
if (wrong !== undefined) {
  const problem = `--tweets-per-second must be a whole number above 0, not "${wrong}"`;
  exitWithUsageError(command, new UsageError(problem));
}

try {
  const { machine, rows } = JSON.parse(readFileSync(bench, "utf8"));
  const parts = partsOf(rows);
  console.log(`One core of: ${machine}\n`);
  for (const count of wanted.map(Number)) {
    const { needs, bottleneck } = planFor(parts, count);
    const lines = needs.map((part) => [
      part.name,
      number(part.rate),
      String(part.needed),
      String(part.deployed),
      `${number(part.load * 100)} %`,
    ]);
    const head = [`${count.toLocaleString("en")} tweets/s`, "one takes", "needed", "deployed", "its load"];
    const share = `${number(bottleneck.load * 100)} %`;
    const verdict = `First bottleneck: ${bottleneck.name}, what is deployed would be at ${share}.`;
    console.log(`${table([head, ...lines])}\n${verdict}\n`);
  }
} catch (error) {
  fail(/** @type {Error} */ (error).message);
}
