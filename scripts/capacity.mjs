// `npm run capacity -- --bench FILE`: what the platform takes, and what it needs for more, by what a bench has measured.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { partsOf, planFor } from "./capacity-model.mjs";
import { fail } from "./install.mjs";

const usage = `Usage: npm run capacity -- --bench FILE [--tweets-per-second N]…

  --bench FILE              what npm run bench -- --only overhead --only enrich --json FILE has written
  --tweets-per-second N     plan for so many (may be given several times); without it for 1000, 10000 and 100000
`;

const usual = ["1000", "10000", "100000"];

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        bench: { type: "string" },
        "tweets-per-second": { type: "string", multiple: true },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${usage}`, 2);
  }
}

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

const { bench, help, "tweets-per-second": wanted = usual } = readArguments();
if (help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (bench === undefined || wanted.some((count) => !/^[1-9]\d{0,8}$/.test(count))) fail(usage, 2);

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
