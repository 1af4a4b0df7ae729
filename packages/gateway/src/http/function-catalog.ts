import { FunctionNotFoundError } from "./errors.ts";
import type { FunctionTarget } from "./function-target.ts";

/** The namespace that `faas-cli invoke` sends by default. */
const openFaasNamespace = "openfaas-fn";

/** The functions of a gateway in one or several namespaces. The gateway looks up each call here. */
export class FunctionCatalog<Target extends FunctionTarget = FunctionTarget> {
  /** The default namespace of calls. */
  readonly defaultNamespace: string;
  readonly #configuredNamespaces: readonly string[];
  readonly #targets = new Map<string, Target>();

  /** @param otherNamespaces further namespaces of the settings */
  constructor(
    defaultNamespace: string,
    targets: Iterable<Target> = [],
    otherNamespaces: readonly string[] = [],
  ) {
    this.defaultNamespace = defaultNamespace;
    this.#configuredNamespaces = [defaultNamespace, ...otherNamespaces];
    for (const target of targets) this.set(target);
  }

  get size(): number {
    return this.#targets.size;
  }

  get(name: string, namespace = this.defaultNamespace): Target | undefined {
    return this.#targets.get(`${name}.${namespace}`);
  }

  /**
   * Looks up NAME or NAME.NAMESPACE from a URL. `openfaas-fn` means the default namespace, unless a namespace with that
   * name exists.
   * @throws FunctionNotFoundError (404)
   */
  find(calledName: string): Target {
    const [name = "", ...rest] = calledName.split(".");
    const namespace = rest.length === 0 ? this.defaultNamespace : rest.join(".");
    const target =
      this.get(name, namespace) ??
      (namespace === openFaasNamespace && !this.namespaces().includes(namespace)
        ? this.get(name)
        : undefined);
    if (target === undefined) throw new FunctionNotFoundError({ name: calledName, names: this.names() });
    return target;
  }

  /** Adds a function, or replaces the one with the same name and namespace. */
  set(target: Target): void {
    this.#targets.set(this.toKey(target), target);
  }

  delete(target: FunctionTarget): void {
    this.#targets.delete(this.toKey(target));
  }

  /** The namespaces of settings and of functions. */
  namespaces(): string[] {
    return [
      ...new Set([
        ...this.#configuredNamespaces,
        ...this.values().map((target) => this.readNamespace(target)),
      ]),
    ];
  }

  values(): Target[] {
    return [...this.#targets.values()];
  }

  /** Lists the functions of a namespace. */
  inNamespace(namespace: string): Target[] {
    return this.values().filter((target) => this.readNamespace(target) === namespace);
  }

  readNamespace({ definition }: FunctionTarget): string {
    return definition.namespace ?? this.defaultNamespace;
  }

  /** Returns the name in URLs, logs and metrics: NAME in the default namespace, else NAME.NAMESPACE. */
  calledName(target: FunctionTarget): string {
    const { name } = target.definition;
    const namespace = this.readNamespace(target);
    return namespace === this.defaultNamespace ? name : `${name}.${namespace}`;
  }

  names(): string[] {
    return this.values().map((target) => this.calledName(target));
  }

  toKey(target: FunctionTarget): string {
    return `${target.definition.name}.${this.readNamespace(target)}`;
  }
}
