import { InvalidQueryError } from "../errors/request-errors.ts";
import type { FunctionRequest } from "./request.ts";

/**
 * Reads a query parameter with a fixed set of values; undefined if it is absent.
 * @throws InvalidQueryError (400) for any other value.
 */
export function queryChoice<const Name extends string>(
  request: FunctionRequest,
  parameter: string,
  names: readonly Name[],
): Name | undefined {
  const value = request.query(parameter);
  const name = names.find((known) => known === value);
  if (value !== undefined && name === undefined) {
    throw new InvalidQueryError({ parameter, allowed: names.join(" or ") });
  }
  return name;
}
