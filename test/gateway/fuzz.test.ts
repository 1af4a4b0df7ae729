import { randomInt } from "node:crypto";
import fc from "fast-check";
import { allCalls } from "../conformance/fuzz/calls.ts";
import { findLeak } from "../conformance/fuzz/rules.ts";
import { encodeCall } from "../conformance/fuzz/wire.ts";
import type { StartedGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { parseAnswers, type RawAnswer, rawExchange } from "../support/http/raw-http.ts";
import { root } from "../support/repo.ts";
import { startMirrorGateway } from "./mirror-gateway.ts";

const seed = Number(process.env.FUZZ_SEED || randomInt(2 ** 31));
const numRuns = Number(process.env.FUZZ_RUNS || 200);

let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startMirrorGateway();
}, 60_000);
afterAll(() => gateway?.[Symbol.asyncDispose]());

const paths = [
  "/function/mirror",
  "/async-function/mirror",
  "/function/",
  "/system/functions",
  "/system/function/",
  "/system/scale-function/",
  "/system/secrets",
  "/system/namespace/",
  "/ui",
  "",
];
const calls = fc
  .tuple(fc.constantFrom(...paths), allCalls)
  .map(([path, call]) => ({ ...call, target: path + call.target }));

/** Returns the problem of an answer of the gateway; undefined without a problem. */
function findProblem({ status, headers, body }: RawAnswer): string | undefined {
  const text = body.toString();
  const type = headers["content-type"] ?? "";
  if (status === 500) return "internal error of the gateway";
  const problem = /json/.test(type) && text !== "" ? JSON.parse(text) : undefined;
  if (type.startsWith("application/problem+json") && problem !== undefined && problem.status !== status) {
    return "the problem has another status than the answer";
  }
  const leak = findLeak(text, [`${root}/`]);
  return leak === undefined ? undefined : `the answer reveals ${leak}`;
}

it(`the gateway survives any headers, method and path, and never answers 500 (FUZZ_SEED=${seed})`, async () => {
  const tried = fc.asyncProperty(calls, async (call) => {
    const bytes = encodeCall(call, { hmac: "x", bearer: "x" });
    const answers = parseAnswers(await rawExchange(gateway.url, bytes), { toHead: call.method === "HEAD" });
    for (const answer of answers) {
      const wrong = findProblem(answer);
      if (wrong !== undefined)
        throw new Error(
          `${wrong}: ${answer.status} ${JSON.stringify(answer.headers)} ${answer.body.subarray(0, 2_000)}`,
        );
    }
    expect(gateway.hasEnded()).toBe(false);
  });
  await fc.assert(tried, { seed, numRuns, interruptAfterTimeLimit: 30_000 });
  expect((await httpCall(`${gateway.url}/function/mirror`)).status).toBe(200);
}, 60_000);
