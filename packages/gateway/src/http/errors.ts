import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** 404: no function has this name. */
export class FunctionNotFoundError extends PlatformError {
  constructor(facts: { name: string; names: Iterable<string> }) {
    super({
      status: 404,
      code: "function_not_found",
      detail: `There is no function "${printable(facts.name)}"; available: ${[...facts.names].join(", ")}.`,
    });
  }
}

/** 503: the function cannot be called, because no process of it is up. */
export class FunctionDownError extends PlatformError {
  constructor(facts: { name: string; cause?: unknown }) {
    super({
      status: 503,
      code: "function_down",
      detail: `The function ${facts.name} is not up; try again.`,
      headers: { "retry-after": "1" },
      cause: facts.cause,
    });
  }
}

/** 503: the function was not built; the build's error is the developer's to read. */
export class FunctionNotBuiltError extends PlatformError {
  constructor(facts: { name: string; buildError: string }) {
    super({
      status: 503,
      code: "function_not_built",
      detail: `The function ${facts.name} is not built: ${facts.buildError}`,
    });
  }
}

/** 502: the function's process ended, or broke the connection, before it had answered. */
export class FunctionBrokenError extends PlatformError {
  constructor(facts: { name: string; cause: unknown }) {
    super({
      status: 502,
      code: "function_broken",
      detail: `The function ${facts.name} ended before it had answered.`,
      cause: facts.cause,
    });
  }
}

/** 504: the function took longer than its exec_timeout. */
export class FunctionLateError extends PlatformError {
  constructor(facts: { name: string; cause: unknown }) {
    super({
      status: 504,
      code: "function_late",
      detail: `The function ${facts.name} took longer than its exec_timeout.`,
      cause: facts.cause,
    });
  }
}

/** 400: the gateway does not call this X-Callback-Url. */
export class CallbackUrlError extends PlatformError {
  constructor(facts: { reason: string }) {
    super({ status: 400, code: "callback_refused", detail: `X-Callback-Url ${facts.reason}.` });
  }
}
