import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readCommands } from "../support/docs/read-commands.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { waitFor } from "../support/wait-for.ts";

const pages = [
  "README.md",
  "deploy/README.md",
  "docs/tutorial/tweets-to-a-chart.md",
  "functions/last-block/README.md",
  "functions/sentiment/README.md",
  "functions/tweet-enrich/README.md",
];
const local = "http://127.0.0.1:8080";
const curls = readCommands(pages).filter(
  ({ command }) => command.startsWith("curl ") && command.includes(local),
);

let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startGateway();
  // Some pages request block 1, which a new chain has only after its first interval.
  const firstBlock = async () =>
    (await httpCall(`${gateway.url}/function/last-block?block=1`)).status === 200;
  await waitFor("block 1", firstBlock, 30_000);
}, 60_000);
afterAll(() => gateway?.[Symbol.asyncDispose]());

it.each(curls)("$page: $command", async ({ command, output }) => {
  const line = command.replace(local, gateway.url).replace("curl", "curl -sS --fail");
  const { stdout } = await promisify(execFile)("sh", ["-c", line]);
  if (output !== "" && !changing.test(output)) expect(stdout.trim()).toMatch(asPattern(output));
});

/** Answers whose numbers grow with the chain. */
const changing = /"number":\d|"number":"0x/;

/** Converts the output on a page to a pattern, in which "…" matches any text. */
function asPattern(output: string): RegExp {
  const parts = output.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`);
}
