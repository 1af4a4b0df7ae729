import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { BuildView } from "../console/live/view.ts";
import type { FunctionTarget } from "../http/function-target.ts";
import type { LocalDefinition } from "./stack.ts";

/** A function without a process, because its peers are starting or it was not built. */
export class UnavailableFunction implements FunctionTarget {
  readonly definition: LocalDefinition;
  readonly refusal: PlatformError;
  readonly createdAt = new Date();
  readonly replicas = { wanted: 1, available: 0 };
  readonly keepAlive = false;
  invocations = 0;
  /** The latest build by `npm run dev`. */
  build: BuildView | undefined;

  constructor(definition: LocalDefinition, refusal: PlatformError) {
    this.definition = definition;
    this.refusal = refusal;
  }

  async address() {
    return undefined;
  }
}
