import { InvalidChangeError } from "./topics-errors.ts";
import { type LetterFilter, letterStates, type SettleRequest } from "./view.ts";

const maxLetters = 1_000;

/** Parses the body of a replay or discard. @throws InvalidChangeError */
export function readSettleRequest(body: unknown): SettleRequest {
  const { filter, isDryRun, letters } = (body ?? {}) as Partial<SettleRequest>;
  if (typeof isDryRun !== "boolean")
    throw new InvalidChangeError({ problem: '"isDryRun" must be true or false' });
  // A body without a selection must not settle everything.
  if ((letters === undefined) === (filter === undefined))
    throw new InvalidChangeError({ problem: 'it must have either "letters" or "filter"' });
  if (letters !== undefined) {
    const isList = Array.isArray(letters) && letters.length > 0 && letters.length <= maxLetters;
    if (!isList || !letters.every((position) => /^\d{1,6}\/\d{1,16}$/.test(String(position))))
      throw new InvalidChangeError({
        problem: `"letters" must be a list of 1 to ${maxLetters} positions PARTITION/OFFSET`,
      });
    return { letters, isDryRun };
  }
  return { filter: readFilter(filter), isDryRun };
}

function readFilter(filter: LetterFilter | undefined): LetterFilter {
  const { code, function: functionName, state, ...others } = Object(filter) as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new InvalidChangeError({ problem: '"filter" may have only "code", "function" and "state"' });
  for (const value of [code, functionName])
    if (value !== undefined && typeof value !== "string")
      throw new InvalidChangeError({ problem: '"code" and "function" must be text' });
  if (state !== undefined && !letterStates.some((known) => known === state))
    throw new InvalidChangeError({ problem: `"state" must be one of ${letterStates.join(", ")}` });
  return { code, function: functionName, state } as LetterFilter;
}
