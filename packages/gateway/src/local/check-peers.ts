import { settlesWithin } from "@platform/shared/clients/settles-within";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { Source } from "../console/live/source.ts";

/** The problems of unreachable peers, by setting. */
export type PeerProblems = ReadonlyMap<string, string>;

const timeoutMs = 3_000;

/** Reads all external sources concurrently, and returns the problems of those that do not answer. */
export async function checkPeers(sources: readonly Source[]): Promise<PeerProblems> {
  const problems = new Map<string, string>();
  await Promise.all(
    sources
      .filter(({ about }) => about.kind === "real")
      .map(async (source) => {
        const { setting } = source.about;
        const problem = await readProblem(source);
        if (problem !== undefined) problems.set(setting, problem.replace(`${setting}: `, ""));
      }),
  );
  return problems;
}

async function readProblem(source: Source): Promise<string | undefined> {
  const answered = source.read().then(
    () => undefined,
    (error: unknown) => (error instanceof PlatformError ? error.message : String(error)),
  );
  if (await settlesWithin(timeoutMs, answered)) return answered;
  return `no answer from ${source.about.place} within ${timeoutMs / 1_000} seconds.`;
}
