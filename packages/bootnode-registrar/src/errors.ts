import { PlatformError } from "@platform/shared/errors/platform-error";

/** 503: no boot node has answered lately. Geth's init step tries again. */
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

/** 503: the file with the boot node's id cannot be read, or what is in it is no id (yet). */
export class BootnodeIdError extends PlatformError {
  constructor(facts: { cause?: unknown } = {}) {
    super({
      status: 503,
      code: "no_bootnode_id",
      detail: "BOOTNODE_ID_FILE cannot be read or holds no enode id; try again.",
      headers: { "retry-after": "2" },
      cause: facts.cause,
    });
  }
}
