import { randomInt } from "node:crypto";
import { type FakeNode, startFakeNode } from "../../support/ethereum/fake-node.ts";
import { makeSecretsFolder } from "../../support/kubernetes/secrets-folder.ts";
import type { ContractHost } from "../contract-host.ts";
import { fuzzFunction } from "./fuzz-function.ts";
import { keys, targets } from "./targets.ts";

/** How many calls each target gets; FUZZ_SECONDS: for how long all of them together, instead. */
const runs = Number(process.env.FUZZ_RUNS || 150);
const seconds = Number(process.env.FUZZ_SECONDS || 0);
const seed = Number(process.env.FUZZ_SEED || randomInt(2 ** 31));
/** A process of its own gets no more than so many, lest its log outgrows the memory. */
const roundSize = 2_000;
/** What `npm test` gives a target at most, on a machine that has much else to do. */
const patience = 30_000;

/** Sends the functions any calls, for a few seconds or as long as is asked for, on this template and Node.js. */
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

    it.each(targets.map((target, place) => ({ ...target, target, place })))(
      "leave $title alive, its answers as documented, and no secret, path or stack trace in them",
      async ({ target, place }) => {
        const options = { target, folder, node: node.url, host };
        if (seconds === 0) return fuzzFunction({ ...options, seed: seed + place, runs, time: patience });
        const end = Date.now() + share;
        for (let round = 0; Date.now() < end; round += 1) {
          await fuzzFunction({
            ...options,
            seed: seed + place + targets.length * round,
            runs: roundSize,
            time: end - Date.now(),
          });
        }
      },
      share + 2 * patience,
    );
  });
}
