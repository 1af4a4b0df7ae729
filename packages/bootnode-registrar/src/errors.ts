import { PlatformError } from "@platform/shared/errors/platform-error";

/** 503: no boot node has answered recently. The init step of Geth tries again. */
export class NoBootnodeError extends PlatformError {
  constructor() {
    super({
      status: 503,
      code: "no_bootnode",
      detail: "No boot node is known; try again.",
      headers: { "retry-after": "2" },
    });
  }
}

/** 503: the file with the id of the boot node cannot be read, or does not contain an id (yet). */
export class BootnodeIdError extends PlatformError {
  constructor(facts: { cause?: unknown } = {}) {
    super({
      status: 503,
      code: "no_bootnode_id",
      detail: "The file BOOTNODE_ID_FILE cannot be read or contains no enode id; try again.",
      headers: { "retry-after": "2" },
      cause: facts.cause,
    });
  }
}
