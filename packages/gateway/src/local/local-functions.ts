import { FunctionDownError, FunctionNotBuiltError } from "../http/errors.ts";
import { FunctionCatalog } from "../http/function-catalog.ts";
import type { FunctionCode } from "./function-code.ts";
import { functionEnvironment } from "./function-environment.ts";
import { FunctionProcess } from "./function-process.ts";
import type { InspectedFunction } from "./inspected-function.ts";
import type { LocalDefinition, StackFunction } from "./stack.ts";
import { UnavailableFunction } from "./unavailable-function.ts";

/** A function of the local gateway: a process, or a function that refuses calls. */
export type LocalFunction = FunctionProcess | UnavailableFunction;

/** Options of LocalFunctions. */
export interface LocalFunctionsOptions {
  definitions: readonly StackFunction[];
  /** The default namespace. */
  namespace: string;
  /** The bundle of template-host.ts. */
  templateHost: string;
  /** The folder of secrets. */
  secrets: string;
  /** The default of METRICS. */
  metrics: "cluster" | "public";
  /** The function that a debugger may attach to. */
  inspected?: InspectedFunction | undefined;
  /** Whether uncaught errors of functions name source files, too. */
  sourceMaps?: boolean;
  /** Prints a line for the user. */
  say(line: string): void;
}

const startTimeoutMs = 15_000;

/** The functions of the local gateway and their processes. Disposal ends the processes. */
export class LocalFunctions implements AsyncDisposable {
  readonly catalog: FunctionCatalog<LocalFunction>;
  /** Resolves when the processes of the stack file's functions have been started. Changes must wait for it. */
  readonly started: Promise<void>;
  /** The settings with the addresses of services on this machine; set when `started` resolves. */
  peers: Readonly<Record<string, string | undefined>> = {};
  readonly #options: LocalFunctionsOptions;
  readonly #removed = new Set<FunctionProcess>();
  #setStarted: () => void = () => undefined;

  constructor(options: LocalFunctionsOptions) {
    this.#options = options;
    this.catalog = new FunctionCatalog<LocalFunction>(
      options.namespace,
      options.definitions.map(toUnavailable),
    );
    this.started = new Promise((resolve) => {
      this.#setStarted = resolve;
    });
  }

  /** Whether all functions of the stack file accept calls, except those that were not built or have been removed. */
  get ready(): boolean {
    return this.#options.definitions.every(({ name, namespace }) => {
      const target = this.catalog.get(name, namespace);
      if (target === undefined || target.refusal instanceof FunctionNotBuiltError) return true;
      return target.refusal === undefined && target.replicas.available >= target.replicas.wanted;
    });
  }

  /** Starts the built functions of the stack file, and resolves when they serve or the time limit has passed. */
  async begin(peers: LocalFunctions["peers"]): Promise<void> {
    this.peers = peers;
    const built = this.#options.definitions.filter(({ buildError }) => buildError === undefined);
    const started = built.map((definition) => this.start(definition));
    this.#setStarted();
    await Promise.all(started.map((target) => this.warnUnlessUp(target)));
  }

  /** Starts the process of a function, and replaces its previous entry. */
  start(definition: LocalDefinition): FunctionProcess {
    const { templateHost: host, inspected, sourceMaps = false, say } = this.#options;
    const inspectPort = inspected?.name === definition.name ? inspected.port : undefined;
    const code = this.toCode(definition);
    const target = new FunctionProcess({ ...code, host, say, sourceMaps, inspectPort });
    this.catalog.set(target);
    return target;
  }

  /** Updates the definition of a function, and replaces its process in the background. If that fails, the old process continues. */
  update(target: LocalFunction, definition: LocalDefinition): void {
    if (target instanceof UnavailableFunction) {
      void this.warnUnlessUp(this.start(definition));
      return;
    }
    const { say } = this.#options;
    target
      .replace(this.toCode(definition))
      .catch((error: Error) =>
        say(`${definition.name}: ${error.message}; the previous process goes on serving`),
      );
  }

  /**
   * Reloads a function with its current build.
   * @throws Error when it does not start
   */
  async reload(target: LocalFunction): Promise<LocalFunction> {
    if (target instanceof FunctionProcess) {
      await target.replace();
      return target;
    }
    const started = this.start(target.definition);
    if (await started.waitUntilServing(startTimeoutMs)) return started;
    throw new Error("the new process does not start");
  }

  /** Removes a function; its process ends after the calls in flight. */
  remove(target: LocalFunction): void {
    this.catalog.delete(target);
    if (target instanceof UnavailableFunction) return;
    this.#removed.add(target);
    void target.remove().finally(() => this.#removed.delete(target));
  }

  async warnUnlessUp(target: FunctionProcess): Promise<void> {
    if (await target.waitUntilServing(startTimeoutMs)) return;
    this.#options.say(
      `${target.definition.name} does not come up; its log above says why, and its calls get 503`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const targets = [...this.catalog.values(), ...this.#removed];
    await Promise.all(
      targets.map((target) =>
        target instanceof FunctionProcess ? target[Symbol.asyncDispose]() : undefined,
      ),
    );
  }

  toCode(definition: LocalDefinition): FunctionCode {
    const { metrics, namespace, secrets } = this.#options;
    const { peers } = this;
    const environment = functionEnvironment({
      definition,
      namespace: definition.namespace ?? namespace,
      peers,
      secrets,
      metrics,
    });
    return { definition, environment };
  }
}

/** A function before its process is started. */
function toUnavailable(definition: StackFunction): UnavailableFunction {
  const { name, buildError } = definition;
  const refusal =
    buildError === undefined
      ? new FunctionDownError({ name })
      : new FunctionNotBuiltError({ name, buildError });
  return new UnavailableFunction(definition, refusal);
}
