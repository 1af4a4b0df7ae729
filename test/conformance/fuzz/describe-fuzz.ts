import { randomInt } from "node:crypto";
import { type FakeNode, startFakeNode } from "../../support/ethereum/fake-node.ts";
import { makeSecretsFolder } from "../../support/kubernetes/secrets-folder.ts";
import type { ContractHost } from "../contract-host.ts";
import { fuzzFunction } from "./fuzz-function.ts";
import { keys, targets } from "./targets.ts";

/** Number of calls for each target. FUZZ_SECONDS sets the total duration instead. */
const runs = Number(process.env.FUZZ_RUNS || 150);
const seconds = Number(process.env.FUZZ_SECONDS || 0);
const seed = Number(process.env.FUZZ_SEED || randomInt(2 ** 31));
/** Number of calls for each process, so that its log does not exceed the memory. */
const roundSize = 2_000;
/** Maximum milliseconds for a target under `npm test`, on a busy machine. */
const timeLimitMs = 30_000;

/** Declares tests that send arbitrary calls to each function on this template and Node.js, for some seconds or for FUZZ_SECONDS. */
export function describeFuzz(host: ContractHost): void {
  describe(`any bytes, any headers, any method (FUZZ_SEED=${seed})`, () => {
    const folder = makeSecretsFolder({ ...keys });
    let node: FakeNode;
    beforeAll(async () => {
      node = await startFakeNode();
    });
    afterAll(async () => {
      await node?.[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    });
    const share = (seconds * 1_000) / targets.length;

    it.each(targets.map((target, index) => ({ ...target, target, index })))(
      "keep $title running, with documented answers and no secret, path or stack trace in them",
      async ({ target, index }) => {
        const options = { target, folder, node: node.url, host };
        if (seconds === 0) return fuzzFunction({ ...options, seed: seed + index, runs, time: timeLimitMs });
        const end = Date.now() + share;
        for (let round = 0; Date.now() < end; round += 1) {
          await fuzzFunction({
            ...options,
            seed: seed + index + targets.length * round,
            runs: roundSize,
            time: end - Date.now(),
          });
        }
      },
      share + 2 * timeLimitMs,
    );
  });
}
