import { InvalidQueryError } from "@platform/shared/errors/request-errors";

/**
 * Lets fields pass that are all known. One that a chain's blocks lack is no empty answer but an error.
 * @throws InvalidQueryError (400) that names those that there are.
 */
export function requireFields(names: readonly string[], known: readonly string[]): void {
  if (names.every((name) => known.includes(name))) return;
  throw new InvalidQueryError({ parameter: "fields", allowed: `some of ${known.join(", ")}, with commas` });
}
