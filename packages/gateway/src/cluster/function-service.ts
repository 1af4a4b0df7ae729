import type { FunctionDefinition, FunctionTarget } from "../http/function-target.ts";
import type { LogSource } from "../http/log-source.ts";

/** The port on which a function's Service and its watchdog listen. */
const port = 8080;

/** A function that runs as a Deployment behind a Service of its name. */
export class FunctionService implements FunctionTarget {
  definition: FunctionDefinition;
  createdAt: Date;
  replicas: { wanted: number; available: number };
  /** A connection stays with its pod, also when that is about to end, and when there are others. */
  readonly keepAlive = false;
  invocations = 0;
  readonly logs: LogSource;
  readonly #host: string;

  constructor(host: string, deployed: DeployedFunction, logs: LogSource) {
    this.#host = host;
    this.logs = logs;
    this.definition = deployed.definition;
    this.createdAt = deployed.createdAt;
    this.replicas = deployed.replicas;
  }

  /** Takes over what has changed in the cluster; what was counted stays. */
  update({ definition, createdAt, replicas }: DeployedFunction): void {
    Object.assign(this, { definition, createdAt, replicas });
  }

  async address() {
    return { host: this.#host, port };
  }
}

/** A function as the cluster says it is deployed. */
export type DeployedFunction = Pick<FunctionTarget, "definition" | "createdAt" | "replicas">;
