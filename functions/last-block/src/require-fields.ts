import { InvalidQueryError } from "@platform/shared/errors/request-errors";

/**
 * Refuses fields that the blocks of the chain lack.
 * @throws InvalidQueryError (400) that lists the known fields.
 */
export function requireFields(names: readonly string[], known: readonly string[]): void {
  if (names.every((name) => known.includes(name))) return;
  throw new InvalidQueryError({
    parameter: "fields",
    allowed: `some of ${known.join(", ")}, separated by commas`,
  });
}
