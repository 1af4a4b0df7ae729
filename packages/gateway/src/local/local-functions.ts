import { FunctionDownError, FunctionNotBuiltError } from "../http/errors.ts";
import { FunctionCatalog } from "../http/function-catalog.ts";
import type { FunctionCode } from "./function-code.ts";
import { functionEnvironment } from "./function-environment.ts";
import { FunctionProcess } from "./function-process.ts";
import type { InspectedFunction } from "./inspected-function.ts";
import type { LocalDefinition, StackFunction } from "./stack.ts";
import { UnavailableFunction } from "./unavailable-function.ts";

/** A function of the local gateway: with a process, or refusing calls. */
export type LocalFunction = FunctionProcess | UnavailableFunction;

/** Options of LocalFunctions. */
export interface LocalFunctionsOptions {
  definitions: readonly StackFunction[];
  /** The namespace of functions that name none. */
  namespace: string;
  /** The bundle of template-host.ts. */
  templateHost: string;
  /** The folder of secrets. */
  secrets: string;
  /** METRICS of the functions that do not set it. */
  metrics: "cluster" | "public";
  /** The function that a debugger may attach to. */
  inspected?: InspectedFunction | undefined;
  /** Whether uncaught errors of functions name source files, too. */
  sourceMaps?: boolean;
  /** Takes a line for the user. */
  say(line: string): void;
}

const startPatience = 15_000;

/** The functions of the local gateway and their processes. Disposing of it ends these. */
export class LocalFunctions implements AsyncDisposable {
  readonly catalog: FunctionCatalog<LocalFunction>;
  /** Resolves when the processes of the stack file's functions are started; before that, nothing can be changed. */
  readonly begun: Promise<void>;
  /** The settings that name the services of this machine; known when it has begun. */
  peers: Readonly<Record<string, string | undefined>> = {};
  readonly #options: LocalFunctionsOptions;
  readonly #removed = new Set<FunctionProcess>();
  #setBegun: () => void = () => undefined;

  constructor(options: LocalFunctionsOptions) {
    this.#options = options;
    this.catalog = new FunctionCatalog<LocalFunction>(
      options.namespace,
      options.definitions.map(toUnavailable),
    );
    this.begun = new Promise((resolve) => {
      this.#setBegun = resolve;
    });
  }

  /** Whether the stack file's functions take calls; those that were not built or are removed are not waited for. */
  get ready(): boolean {
    return this.#options.definitions.every(({ name, namespace }) => {
      const target = this.catalog.get(name, namespace);
      if (target === undefined || target.refusal instanceof FunctionNotBuiltError) return true;
      return target.refusal === undefined && target.replicas.available >= target.replicas.wanted;
    });
  }

  /** Starts the functions of the stack file that were built, and resolves when they serve or have had the time to. */
  async begin(peers: LocalFunctions["peers"]): Promise<void> {
    this.peers = peers;
    const built = this.#options.definitions.filter(({ buildError }) => buildError === undefined);
    const started = built.map((definition) => this.start(definition));
    this.#setBegun();
    await Promise.all(started.map((target) => this.warnUnlessUp(target)));
  }

  /** Starts the process of a function, in place of its previous entry. */
  start(definition: LocalDefinition): FunctionProcess {
    const { templateHost: host, inspected, sourceMaps = false, say } = this.#options;
    const inspectPort = inspected?.name === definition.name ? inspected.port : undefined;
    const code = this.#codeOf(definition);
    const target = new FunctionProcess({ ...code, host, say, sourceMaps, inspectPort });
    this.catalog.set(target);
    return target;
  }

  /** Gives a function another definition; its process is replaced meanwhile, and goes on serving when that fails. */
  update(target: LocalFunction, definition: LocalDefinition): void {
    if (target instanceof UnavailableFunction) {
      void this.warnUnlessUp(this.start(definition));
      return;
    }
    const { say } = this.#options;
    target
      .replace(this.#codeOf(definition))
      .catch((error: Error) =>
        say(`${definition.name}: ${error.message}; the previous process goes on serving`),
      );
  }

  /**
   * Serves a function by what is built now.
   * @throws Error when that does not start
   */
  async reload(target: LocalFunction): Promise<LocalFunction> {
    if (target instanceof FunctionProcess) {
      await target.replace();
      return target;
    }
    const started = this.start(target.definition);
    if (await started.comesUp(startPatience)) return started;
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
    if (await target.comesUp(startPatience)) return;
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

  #codeOf(definition: LocalDefinition): FunctionCode {
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
