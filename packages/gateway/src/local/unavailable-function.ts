import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { FunctionDefinition, FunctionTarget } from "../http/function-target.ts";

/** A function without a process: it waits for its peers to start, or was not built. */
export class UnavailableFunction implements FunctionTarget {
  readonly definition: FunctionDefinition;
  readonly refusal: PlatformError;
  readonly createdAt = new Date();
  readonly replicas = { wanted: 1, available: 0 };
  readonly keepAlive = false;
  invocations = 0;

  constructor(definition: FunctionDefinition, refusal: PlatformError) {
    this.definition = definition;
    this.refusal = refusal;
  }

  async address() {
    return undefined;
  }
}
