import { printable } from "@platform/shared/errors/printable";
import { toPlatformError } from "@platform/shared/errors/problem";
import type { Logger } from "@platform/shared/log/logger";
import type { Request, RequestHandler, Response } from "express";
import { FunctionNotFoundError } from "../errors.ts";
import type { FunctionCatalog } from "../function-catalog.ts";
import type { FunctionProvider } from "../function-provider.ts";
import { CrossOriginError, ReadOnlyError } from "./system-errors.ts";

/** Options of the routes that change functions, secrets and namespaces. */
export interface ChangeOptions {
  functions: FunctionCatalog;
  /** Deploys functions, and changes secrets and namespaces; unset: the gateway is read-only. */
  provider?: FunctionProvider | undefined;
  /** The detail of a read-only gateway's 405, which names the source of the functions. */
  readOnly?: string | undefined;
  /** Prefixes of the images that may be deployed; unset: any. */
  allowedImages?: readonly string[] | undefined;
  /** The audit log. */
  log: Logger;
}

/** The fields of a change in the audit log: names, never values. */
type ChangeFacts = Partial<
  Record<"function" | "namespace" | "image" | "secret", string> & { replicas: number }
>;

/** A request for a change. */
export interface Change {
  request: Request;
  response: Response;
  provider: FunctionProvider;
  /** The handler adds facts before a step that can fail. */
  facts: ChangeFacts;
}

/** The events of the audit log. */
export interface ChangeEvents {
  done: string;
  refused: string;
}

/**
 * Creates the handler of a change. It refuses changes on a read-only gateway, and changes from pages in a browser: the local
 * gateway has no password on loopback, and elsewhere a browser adds the password by itself. It logs every change and every
 * refusal in the audit log.
 * @param permit returns the provider or throws; unset: refuses changes from pages in a browser
 */
export function changeRoute(
  options: ChangeOptions,
  events: ChangeEvents,
  run: (change: Change) => Promise<void>,
  permit: (options: ChangeOptions, request: Request) => Promise<FunctionProvider> = requireProvider,
): RequestHandler {
  return (request, response, next) => {
    const facts: ChangeFacts = {};
    const audit = () => ({
      user: readUser(response),
      address: request.socket.remoteAddress,
      ...printableFacts(facts),
    });
    permit(options, request)
      .then((provider) => run({ request, response, provider, facts }))
      .then(
        () => options.log.info(audit(), events.done),
        (error: unknown) => {
          const { status, code } = toPlatformError(error);
          // faas-cli first tries an update, and creates the function after a 404.
          const level = error instanceof FunctionNotFoundError && request.method === "PUT" ? "debug" : "warn";
          options.log[level]({ ...audit(), status, code }, events.refused);
          next(error);
        },
      );
  };
}

/** @throws ReadOnlyError (405), CrossOriginError (403) */
async function requireProvider(
  { provider, readOnly }: ChangeOptions,
  request: Request,
): Promise<FunctionProvider> {
  const { origin, "sec-fetch-site": site = "none" } = request.headers;
  if (origin !== undefined || site !== "none") throw new CrossOriginError({ origin });
  if (provider === undefined) throw new ReadOnlyError({ sentence: readOnly });
  return provider;
}

/** The authenticated user, which basicAuth sets. */
function readUser(response: Response): string | undefined {
  return response.locals.user as string | undefined;
}

function printableFacts(facts: ChangeFacts): ChangeFacts {
  const known = Object.entries(facts).filter(([, value]) => value !== "");
  return Object.fromEntries(
    known.map(([key, value]) => [key, typeof value === "string" ? printable(value) : value]),
  );
}
