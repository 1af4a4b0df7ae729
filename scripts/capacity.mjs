// `npm run capacity -- --bench FILE`: plans the capacity of the platform from the measurements of a benchmark run.
import { readFileSync } from "node:fs";
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { planCapacity, readParts } from "./capacity-model.mjs";
import { fail } from "./install.mjs";

const command = /** @type {const} */ ({
  name: "npm run capacity",
  summary:
    "Plans the number of instances of each part for a rate of tweets, from the measurements of a benchmark run.",
  options: {
    bench: {
      type: "string",
      value: "FILE",
      description: "results of npm run bench -- --only overhead --only enrich --json FILE; required",
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

const defaultRates = ["1000", "10000", "100000"];

const number = (/** @type {number} */ value) => value.toLocaleString("en", { maximumSignificantDigits: 3 });

/** Formats a table: the first column left-aligned, the others right-aligned. */
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

const { bench, "tweets-per-second": rates = defaultRates } = readCommandLine(command).values;
const invalid = rates.find((count) => !/^[1-9]\d{0,8}$/.test(count));
if (bench === undefined) exitWithUsageError(command, new UsageError("--bench FILE is required"));
if (invalid !== undefined) {
  const problem = `--tweets-per-second must be a whole number above 0, not "${invalid}"`;
  exitWithUsageError(command, new UsageError(problem));
}

try {
  const { machine, rows } = JSON.parse(readFileSync(bench, "utf8"));
  const parts = readParts(rows);
  console.log(`One core of: ${machine}\n`);
  for (const count of rates.map(Number)) {
    const { needs, bottleneck } = planCapacity(parts, count);
    const lines = needs.map((part) => [
      part.name,
      number(part.rate),
      String(part.needed),
      String(part.deployed),
      `${number(part.load * 100)} %`,
    ]);
    const head = [
      `${count.toLocaleString("en")} tweets/s`,
      "capacity of one",
      "needed",
      "deployed",
      "load as deployed",
    ];
    const share = `${number(bottleneck.load * 100)} %`;
    const verdict = `First bottleneck: ${bottleneck.name}, with a load of ${share} as deployed.`;
    console.log(`${table([head, ...lines])}\n${verdict}\n`);
  }
} catch (error) {
  fail(/** @type {Error} */ (error).message);
}
