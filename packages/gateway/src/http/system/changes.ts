import { printable } from "@platform/shared/errors/printable";
import { toPlatformError } from "@platform/shared/errors/problem";
import type { Logger } from "@platform/shared/log/logger";
import type { Request, RequestHandler, Response } from "express";
import { FunctionNotFoundError } from "../errors.ts";
import type { FunctionCatalog } from "../function-catalog.ts";
import type { FunctionProvider } from "../function-provider.ts";
import { CrossOriginError, ReadOnlyError } from "./system-errors.ts";

/** What routes that change something need. */
export interface ChangeOptions {
  functions: FunctionCatalog;
  /** What changes functions, secrets and namespaces; unset: the gateway is read only. */
  provider?: FunctionProvider | undefined;
  /** The sentence of a read-only gateway to those who want to change something: where the functions come from. */
  readOnly: string;
  /** Prefixes of the images that may be deployed; unset: any. */
  allowedImages?: readonly string[] | undefined;
  /** The audit log. */
  log: Logger;
}

/** What the audit log has of a change: names, never values. */
type ChangeFacts = Partial<
  Record<"function" | "namespace" | "image" | "secret", string> & { replicas: number }
>;

/** A request for a change. */
export interface Change {
  request: Request;
  response: Response;
  provider: FunctionProvider;
  /** To be filled with what becomes known, before something can fail. */
  facts: ChangeFacts;
}

/** The events of the audit log. */
export interface ChangeEvents {
  done: string;
  refused: string;
}

/**
 * The handler of a request for a change: refuses it where the gateway is read only or a page in a browser sends it (the
 * local gateway has no password), and writes a line into the audit log, whatever comes of it.
 */
export function changeRoute(
  options: ChangeOptions,
  events: ChangeEvents,
  run: (change: Change) => Promise<void>,
): RequestHandler {
  return (request, response, next) => {
    const facts: ChangeFacts = {};
    const audit = () => ({
      user: userOf(response),
      address: request.socket.remoteAddress,
      ...printableFacts(facts),
    });
    permitted(options, request)
      .then((provider) => run({ request, response, provider, facts }))
      .then(
        () => options.log.info(audit(), events.done),
        (error: unknown) => {
          const { status, code } = toPlatformError(error);
          // faas-cli deploys by an update first, and creates the function after its 404.
          const level = error instanceof FunctionNotFoundError && request.method === "PUT" ? "debug" : "warn";
          options.log[level]({ ...audit(), status, code }, events.refused);
          next(error);
        },
      );
  };
}

/** @throws ReadOnlyError (405), CrossOriginError (403) */
async function permitted({ provider, readOnly }: ChangeOptions, request: Request): Promise<FunctionProvider> {
  const { origin } = request.headers;
  if (origin !== undefined) throw new CrossOriginError({ origin });
  if (provider === undefined) throw new ReadOnlyError({ sentence: readOnly });
  return provider;
}

/** Who is logged in; basicAuth leaves the name there. */
function userOf(response: Response): string | undefined {
  return response.locals.user as string | undefined;
}

function printableFacts(facts: ChangeFacts): ChangeFacts {
  const known = Object.entries(facts).filter(([, value]) => value !== "");
  return Object.fromEntries(
    known.map(([key, value]) => [key, typeof value === "string" ? printable(value) : value]),
  );
}
