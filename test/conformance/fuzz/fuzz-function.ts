import fc from "fast-check";
import { httpCall } from "../../support/http/http-call.ts";
import { parseAnswers, type RawAnswer, rawExchange } from "../../support/http/raw-http.ts";
import type { SecretsFolder } from "../../support/kubernetes/secrets-folder.ts";
import { type StartedTemplateHost, startTemplateHost } from "../../support/openfaas/template-host.ts";
import { bundleFolder, root } from "../../support/repo.ts";
import type { ContractHost } from "../contract-host.ts";
import { anyBytes, mutate } from "./bodies.ts";
import { allCalls, type WholeCall } from "./calls.ts";
import { documentedErrors, findProblem } from "./rules.ts";
import { type FuzzTarget, keys, secrets } from "./targets.ts";
import { encodeCall } from "./wire.ts";

export interface FuzzOptions {
  target: FuzzTarget;
  folder: SecretsFolder;
  host: ContractHost;
  /** URL of an Ethereum node. */
  node: string;
  seed: number;
  runs: number;
  /** Milliseconds after which no further call starts. */
  time: number;
}

/** Bytes that are no call, a broken call, or several calls. */
const brokenCalls = fc.oneof(
  { weight: 3, arbitrary: mutate(allCalls.map((call) => encodeCall(call, keys).toString("latin1"))) },
  { weight: 1, arbitrary: anyBytes(200) },
);
const calls = fc.oneof(
  { weight: 4, arbitrary: allCalls },
  { weight: 1, arbitrary: brokenCalls.map((bytes) => ({ bytes })) },
);
/** Above this size, a server may close the connection while the body still arrives, and its answer is lost. */
const reliableBytes = 60_000;

/** Sends arbitrary calls to a function in its own process. Rejects with the seed and the smallest call that breaks a promise. */
export async function fuzzFunction(options: FuzzOptions): Promise<void> {
  const { target, folder, node, seed, runs, time } = options;
  const env = target.env(folder, node);
  const host = await startTemplateHost({ ...options.host, handler: bundleFolder(target.name), env });
  const begin = host.output().length;
  const errors = documentedErrors(target.name);
  const forbiddenTexts = [...secrets, folder.path, `${root}/`];
  try {
    const tried = fc.asyncProperty(calls, async (call) => {
      const bytes = "bytes" in call ? Buffer.from(call.bytes, "latin1") : encodeCall(call, keys);
      const answers = await sendBytes(host, bytes, "bytes" in call);
      const problem =
        missing(call, bytes, answers) ??
        answers
          .map((answer) => findProblem(answer, errors, forbiddenTexts))
          .find((candidate) => candidate !== undefined) ??
        (host.hasEnded() ? `the process has ended: ${host.output().slice(-2_000)}` : undefined);
      if (problem !== undefined) throw new Error(`${problem}\n${described(bytes, answers)}`);
    });
    await fc.assert(tried, { seed, numRuns: runs, interruptAfterTimeLimit: time });
    await checkAfterwards(host, begin).catch((cause) => {
      throw new Error(`${(cause as Error).message} (seed ${seed})`, { cause });
    });
  } finally {
    await host[Symbol.asyncDispose]();
  }
}

async function sendBytes(host: StartedTemplateHost, bytes: Buffer, broken: boolean): Promise<RawAnswer[]> {
  const came = await rawExchange(host.url, bytes, { hangUp: broken });
  return parseAnswers(came, { toHead: bytes.toString("latin1", 0, 5) === "HEAD " });
}

function missing(call: WholeCall | { bytes: string }, bytes: Buffer, { length }: readonly RawAnswer[]) {
  if ("bytes" in call || length === 1) return undefined;
  if (length > 1) return `it answered one call ${length} times`;
  // Node.js closes the connection of a CONNECT request that no listener handles.
  return bytes.length > reliableBytes || call.method === "CONNECT" ? undefined : "it did not answer";
}

/** Log lines of express for calls that it refuses before the handler. */
const templateLine = /^(\w*Error: | {4}at )/;

/** Checks that the process runs, and that each line of its log is a JSON object without a bug or a secret. */
async function checkAfterwards(host: StartedTemplateHost, begin: number): Promise<void> {
  expect(await httpCall(`${host.url}/healthz`)).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
  const lines = host.output().slice(begin).split("\n").slice(0, -1);
  const isBug = (line: string) => /"msg":"(internal_error|unhandled_rejection)"/.test(line);
  const problem = lines.find(
    (line) => !(templateLine.test(line) || isObject(line)) || isBug(line) || hasSecret(line),
  );
  if (problem !== undefined) throw new Error(`after these calls the log has ${problem.slice(0, 3_000)}`);
}

const hasSecret = (line: string) => secrets.some((secret) => line.includes(secret));

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}

const shown = (bytes: Buffer) => JSON.stringify(bytes.toString("latin1").slice(0, 3_000));

function described(bytes: Buffer, answers: readonly RawAnswer[]): string {
  const lines = answers.map(
    ({ status, headers, body }) => `${status} ${JSON.stringify(headers)} ${shown(body)}`,
  );
  return `${bytes.length} bytes, ${shown(bytes)}\nwere answered with\n${lines.join("\n")}`;
}
