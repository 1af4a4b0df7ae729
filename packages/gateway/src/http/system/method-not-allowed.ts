import { MethodNotAllowedError } from "@platform/shared/errors/request-errors";
import type { RequestHandler } from "express";
import type { ChangeOptions } from "./changes.ts";
import { ReadOnlyError } from "./system-errors.ts";

/** The last handler of a path, which answers 405. A read-only gateway adds the reason. */
export function methodNotAllowed(
  { provider, readOnly }: ChangeOptions,
  allowed: readonly string[],
): RequestHandler {
  return ({ method }, _response, next) => {
    next(
      provider === undefined
        ? new ReadOnlyError({ sentence: readOnly })
        : new MethodNotAllowedError({ method, allowed }),
    );
  };
}
