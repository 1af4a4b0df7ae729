import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Handler } from "@platform/shared/function/template";
import { invoke } from "@platform/shared/testing/invoke";
import { parse, stringify } from "lossless-json";

const usage = `Usage: npm run --silent handler -- FUNCTION [options]

Calls a built function once, without a server, and prints {statusCode, headers, body}. Settings come from the
environment.

  --data TEXT      the body; @FILE reads a file, @- standard input
  --header K:V     a header; may be repeated
  --path PATH      path and query, such as /?block=1 (default /)
  --method METHOD  (default POST with --data, else GET)
  --help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string", short: "d" },
      header: { type: "string", short: "H", multiple: true },
      path: { type: "string" },
      method: { type: "string", short: "X" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [name, ...more] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (name === undefined || more.length > 0) throw new Error(`give the name of one function\n\n${usage}`);
  const answer = await invoke(load(name), {
    headers: headersOf(values.header ?? []),
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(values.method === undefined ? {} : { method: values.method.toUpperCase() }),
    ...(values.data === undefined ? {} : { body: dataOf(values.data) }),
  });
  process.stdout.write(`${stringify({ ...answer, body: jsonOrText(answer.body) }, null, 2)}\n`);
}

function load(name: string): Handler {
  const folder = join(process.cwd(), "functions", name, "dist");
  try {
    return createRequire(join(folder, "/"))("./handler.js") as Handler;
  } catch (cause) {
    const names = readdirSync(join(process.cwd(), "functions")).join(", ");
    throw new Error(`there is no built function "${name}"; there are ${names}`, { cause });
  }
}

function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw new Error(`--header must be NAME:VALUE, not "${line}"`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

function dataOf(data: string): string | Buffer {
  if (!data.startsWith("@")) return data;
  return readFileSync(data === "@-" ? 0 : data.slice(1));
}

function jsonOrText(body: string): unknown {
  try {
    return parse(body); // keeps every digit of an integer
  } catch {
    return body;
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(`npm run handler: ${error.message}`);
    process.exit(1);
  },
);
