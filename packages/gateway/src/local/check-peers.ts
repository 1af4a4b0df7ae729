import { endsWithin } from "@platform/shared/clients/ends-within";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Source } from "../console/live/source.ts";

/** By setting: why the peer that it names does not answer. */
export type PeerProblems = ReadonlyMap<string, string>;

const patience = 3_000;

/** Reads each real source once, all at the same time, and resolves with the problems of those that do not answer. */
export async function checkPeers(sources: readonly Source[]): Promise<PeerProblems> {
  const problems = new Map<string, string>();
  await Promise.all(
    sources
      .filter(({ about }) => about.kind === "real")
      .map(async (source) => {
        const { setting } = source.about;
        const problem = await problemOf(source);
        if (problem !== undefined) problems.set(setting, problem.replace(`${setting}: `, ""));
      }),
  );
  return problems;
}

async function problemOf(source: Source): Promise<string | undefined> {
  const answered = source.read().then(
    () => undefined,
    (error: unknown) => (error instanceof PlatformError ? error.message : String(error)),
  );
  if (await endsWithin(patience, answered)) return answered;
  return `no answer from ${source.about.place} within ${patience / 1_000} seconds.`;
}
