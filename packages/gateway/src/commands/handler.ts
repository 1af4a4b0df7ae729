import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import type { Handler } from "@platform/shared/function/template";
import { invoke } from "@platform/shared/testing/invoke";
import { parse, stringify } from "lossless-json";
import { handlerCommand } from "./handler-command.mjs";

async function main(): Promise<void> {
  const { values, operands } = readCommandLine(handlerCommand);
  const [name, ...more] = operands;
  if (name === undefined || more.length > 0) throw new UsageError("FUNCTION must be the name of a function");
  const answer = await invoke(load(name), {
    headers: parseHeaders(values.header ?? []),
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(values.method === undefined ? {} : { method: values.method.toUpperCase() }),
    ...(values.data === undefined ? {} : { body: readData(values.data) }),
  });
  process.stdout.write(`${stringify({ ...answer, body: jsonOrText(answer.body) }, null, 2)}\n`);
}

function load(name: string): Handler {
  const folder = join(process.cwd(), "functions", name, "dist");
  try {
    return createRequire(join(folder, "/"))("./handler.js") as Handler;
  } catch (cause) {
    const names = readdirSync(join(process.cwd(), "functions")).join(", ");
    throw new Error(`no built function "${name}"; available: ${names}`, { cause });
  }
}

function parseHeaders(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) throw new UsageError(`--header must be NAME:VALUE, not "${line}"`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

function readData(data: string): string | Buffer {
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
    if (error instanceof UsageError) exitWithUsageError(handlerCommand, error);
    console.error(`npm run handler: ${error.message}`);
    process.exit(1);
  },
);
