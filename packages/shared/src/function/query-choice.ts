import { InvalidQueryError } from "../errors/request-errors.ts";
import type { FunctionRequest } from "./request.ts";

/**
 * A query parameter that has one of some names as its value; undefined when it is absent.
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
