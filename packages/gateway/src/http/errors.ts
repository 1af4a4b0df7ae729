import { available } from "@platform/shared/errors/available";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** 404: no function has this name. */
export class FunctionNotFoundError extends PlatformError {
  constructor(facts: { name: string; names: Iterable<string> }) {
    super({
      status: 404,
      code: "function_not_found",
      detail: `There is no function "${printable(facts.name)}"; ${available(facts.names)}.`,
    });
  }
}

/** 503: no process of the function is up. */
export class FunctionDownError extends PlatformError {
  constructor(facts: { name: string; waitedMs?: number | undefined; cause?: unknown }) {
    const { name, waitedMs = 0 } = facts;
    super({
      status: 503,
      code: "function_down",
      detail: `The function ${name} is not up${waitedMs < 1_000 ? "" : ` after ${Math.round(waitedMs / 1_000)} s`}; try again.`,
      headers: { "retry-after": "1" },
      cause: facts.cause,
    });
  }
}

/** 503: the function has no replicas, and this gateway may not change that. */
export class FunctionAtZeroError extends PlatformError {
  constructor(facts: { name: string; cause?: unknown }) {
    super({
      status: 503,
      code: "function_at_zero",
      detail: `The function ${facts.name} is scaled to zero, and a gateway with READ_ONLY=true does not wake it; scale its Deployment up.`,
      cause: facts.cause,
    });
  }
}

/** 503: too many calls are waiting for pods; more could exhaust the gateway's memory. */
export class TooManyWaitingError extends PlatformError {
  constructor(facts: { name: string }) {
    super({
      status: 503,
      code: "too_many_waiting",
      detail: `The function ${facts.name} is not up, and too many calls are already waiting for it; try again.`,
      headers: { "retry-after": "1" },
    });
  }
}

/** 429: the function has as many calls in flight as its annotation max-inflight allows. */
export class TooManyCallsError extends PlatformError {
  constructor(facts: { name: string; quota: number }) {
    super({
      status: 429,
      code: "too_many_calls",
      detail: `The function ${facts.name} has ${facts.quota} calls in flight, as many as its annotation max-inflight allows; try again.`,
      headers: { "retry-after": "1" },
    });
  }
}

/** 503: the function was not built. The detail has the build error for the developer. */
export class FunctionNotBuiltError extends PlatformError {
  constructor(facts: { name: string; buildError: string }) {
    super({
      status: 503,
      code: "function_not_built",
      detail: `The function ${facts.name} is not built: ${facts.buildError}`,
    });
  }
}

/** 502: the function's process ended or closed the connection before it answered. */
export class FunctionBrokenError extends PlatformError {
  constructor(facts: { name: string; cause: unknown }) {
    super({
      status: 502,
      code: "function_broken",
      detail: `The function ${facts.name} ended before it answered.`,
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

/** 409: a function of this name is deployed already. */
export class FunctionExistsError extends PlatformError {
  constructor(facts: { name: string }) {
    super({
      status: 409,
      code: "function_exists",
      detail: `The function ${facts.name} exists already; PUT /system/functions changes it.`,
    });
  }
}

/** 409: the gateway changes only objects that it has deployed. */
export class NotOwnedError extends PlatformError {
  constructor(facts: { name: string; reason: string }) {
    super({
      status: 409,
      code: "not_owned",
      detail: `The gateway does not change ${facts.name}: ${facts.reason}.`,
    });
  }
}

/** 400: the gateway or Kubernetes does not support a part of the deployment. */
export class NotDeployableError extends PlatformError {
  constructor(facts: { reason: string }) {
    super({ status: 400, code: "not_deployable", detail: facts.reason });
  }
}

/** 404: the secret does not exist. */
export class SecretNotFoundError extends PlatformError {
  constructor(facts: { name: string }) {
    super({
      status: 404,
      code: "secret_not_found",
      detail: `There is no secret "${printable(facts.name)}".`,
    });
  }
}

/** 409: a secret of this name exists already. */
export class SecretExistsError extends PlatformError {
  constructor(facts: { name: string }) {
    super({
      status: 409,
      code: "secret_exists",
      detail: `The secret ${facts.name} exists already; PUT /system/secrets changes it.`,
    });
  }
}

/** 404: the namespace is unknown. */
export class NamespaceNotFoundError extends PlatformError {
  constructor(facts: { name: string; names: readonly string[] }) {
    super({
      status: 404,
      code: "namespace_not_found",
      detail: `There is no namespace "${printable(facts.name)}" of functions; ${available(facts.names)}.`,
    });
  }
}

/** 409: a namespace of this name exists already. */
export class NamespaceExistsError extends PlatformError {
  constructor(facts: { name: string }) {
    super({
      status: 409,
      code: "namespace_exists",
      detail: `The namespace ${facts.name} exists already.`,
    });
  }
}

/** 403: the gateway's namespaces come from its settings. */
export class NamespacesFixedError extends PlatformError {
  constructor(facts: { reason: string }) {
    super({ status: 403, code: "namespaces_fixed", detail: facts.reason });
  }
}
