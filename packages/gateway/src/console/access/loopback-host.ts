import type { RequestHandler } from "express";
import { isLoopback } from "../../http/loopback.ts";
import { ForeignHostError } from "./access-errors.ts";

/**
 * Middleware of a gateway without a login. It accepts only requests whose header `Host` is a name of loopback. A foreign page whose
 * host name resolves to 127.0.0.1 (DNS rebinding) has the gateway's origin for the browser, but sends its own host name.
 */
export const requireLoopbackHost: RequestHandler = ({ headers: { host = "" } }, _response, next) => {
  next(isLoopback(host.replace(/:\d+$/, "")) ? undefined : new ForeignHostError({ host }));
};
