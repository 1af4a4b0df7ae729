import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** 403: a page of another site requested a change. */
export class OtherOriginError extends PlatformError {
  constructor(facts: { origin: string | undefined }) {
    const { origin } = facts;
    super({
      status: 403,
      code: "cross_origin",
      detail: `Changes from pages of other sites are refused${origin === undefined ? "" : `; the header Origin is "${printable(origin)}"`}.`,
    });
  }
}

/** 403: a change lacks the header that pages of other sites cannot send. */
export class ConsoleHeaderError extends PlatformError {
  constructor() {
    super({
      status: 403,
      code: "console_header_missing",
      detail: "A change through the console's API needs the header X-Console: 1.",
    });
  }
}

/** 403: the console is read-only. */
export class ConsoleReadOnlyError extends PlatformError {
  constructor() {
    super({
      status: 403,
      code: "console_read_only",
      detail: "The console is read-only. UI_READ_ONLY=false on the gateway allows changes.",
    });
  }
}

/** 403: the header Host of a request on loopback names another host. */
export class ForeignHostError extends PlatformError {
  constructor(facts: { host: string }) {
    super({
      status: 403,
      code: "foreign_host",
      detail: `Without a login, /ui and /system answer only to the names of loopback, such as localhost; the header Host is "${printable(facts.host)}".`,
    });
  }
}
