import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** 404: the gateway does not have the call. */
export class CallNotFoundError extends PlatformError {
  constructor(facts: { name: string; callId: string; retained: string }) {
    super({
      status: 404,
      code: "call_not_found",
      detail: `This gateway has no call "${printable(facts.callId)}" of ${facts.name}; it keeps ${facts.retained} in memory until a restart.`,
    });
  }
}

/** 504: the log of a function could not be read in time. */
export class LogLateError extends PlatformError {
  constructor(facts: { name: string; seconds: number; cause: unknown }) {
    super({
      status: 504,
      code: "log_late",
      detail: `The log of ${facts.name} could not be read within ${facts.seconds} seconds; try again.`,
      cause: facts.cause,
    });
  }
}
