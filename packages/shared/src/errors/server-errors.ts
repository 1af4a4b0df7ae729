import { PlatformError } from "./platform-error.ts";

/** 500: an unexpected error, which is a bug. */
export class InternalError extends PlatformError {
  constructor(cause: unknown) {
    super({ status: 500, code: "internal_error", detail: "Unexpected error.", cause });
  }
}

/** 500: settings are missing or wrong. `problems` has one sentence for each. */
export class ConfigError extends PlatformError {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super({ status: 500, code: "config_invalid", detail: problems.join("; ") });
    this.problems = problems;
  }
}

/** 500: the file of a secret is missing or empty. Calls are refused, never let through. */
export class SecretMissingError extends PlatformError {
  constructor(facts: { setting: string; secret: string; cause?: unknown }) {
    super({
      status: 500,
      code: "secret_missing",
      detail: `${facts.setting} names the secret "${facts.secret}", which is missing or empty.`,
      cause: facts.cause,
    });
  }
}

/** 500: the template has parsed or dropped the body, so the original bytes are lost. */
export class RawBodyRequiredError extends PlatformError {
  constructor() {
    super({
      status: 500,
      code: "raw_body_required",
      detail: "The function runs without RAW_BODY=true, so the template has changed or dropped the body.",
    });
  }
}
