import { PlatformError } from "@platform/shared/errors/platform-error";
import { sendProblem } from "@platform/shared/service/problem-response";
import express, { type RequestHandler, Router } from "express";

/** Sends one ether between two addresses. @returns the transaction's hash */
export type Transfer = (from: string, to: string) => Promise<string>;

/** Converts `{from, to}` to `{hash}`. It accepts only application/json, which a page of another site cannot send without a preflight. */
export function transferRoute(transfer: Transfer): RequestHandler {
  const router = Router();
  router.use(express.json({ limit: "1kb" }), (request, response, next) => {
    const { from, to } = (request.body ?? {}) as { from?: unknown; to?: unknown };
    if (typeof from !== "string" || typeof to !== "string") {
      return sendProblem(
        response,
        400,
        "invalid_transfer",
        'The body must be JSON with the addresses "from" and "to".',
      );
    }
    transfer(from, to)
      .then((hash) => response.json({ hash }))
      .catch(next);
  });
  return router;
}

/** 422: the account has insufficient funds, or is not an account of the embedded chain. */
export class TransferError extends PlatformError {
  constructor(facts: { reason: string; cause?: unknown }) {
    super({ status: 422, code: "transfer_refused", detail: `${facts.reason}.`, cause: facts.cause });
  }
}
