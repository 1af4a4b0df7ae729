import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { toOutputPattern } from "../support/docs/output-pattern.ts";
import { readCommands } from "../support/docs/read-commands.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { waitFor } from "../support/wait-for.ts";

const pages = [
  "README.md",
  "deploy/README.md",
  "docs/how-to/send-posts.md",
  "docs/tutorial/tweets-to-a-chart.md",
  "functions/last-block/README.md",
  "functions/sentiment/README.md",
  "functions/tweet-enrich/README.md",
];
const local = "http://127.0.0.1:8080";
const curls = readCommands(pages).filter(
  ({ command }) => command.startsWith("curl ") && command.includes(local),
);

let folder: string;
let gateway: StartedGateway;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "docs-curls-"));
  writeFileSync(join(folder, "posts.ndjson"), '{"text":"People are kind"}\n{"text":"What a day"}\n');
  gateway = await startGateway();
  // Some pages request block 1 or show three blocks, which a new chain has only after two intervals.
  const secondBlock = async () =>
    (await httpCall(`${gateway.url}/function/last-block?block=2`)).status === 200;
  await waitFor("block 2", secondBlock, 30_000);
}, 60_000);
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

it.each(curls)("$page: $command", async ({ command, output }) => {
  const line = command.replace(local, gateway.url).replace("curl", "curl -sS --fail");
  const { stdout } = await promisify(execFile)("sh", ["-c", line], { cwd: folder });
  if (output === "") return;
  expect(stdout.trim()).toMatch(toOutputPattern(output, { anyNumbers: growing.test(output) }));
});

/** Answers whose numbers grow with the chain: only their form is compared. */
const growing = /"number":\d|"number":"0x/;
