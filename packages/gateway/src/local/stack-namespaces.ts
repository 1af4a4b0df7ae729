import { NamespaceNotFoundError, NamespacesFixedError } from "../http/errors.ts";
import type { FunctionNamespace, NamespaceStore } from "../http/function-provider.ts";
import type { StackFunction } from "./stack.ts";

/** The default namespace and those of the stack file. */
export class StackNamespaces implements NamespaceStore {
  readonly #names: readonly string[];

  constructor(defaultNamespace: string, functions: readonly StackFunction[]) {
    const names = functions.map(({ namespace }) => namespace ?? defaultNamespace);
    this.#names = [...new Set([defaultNamespace, ...names])];
  }

  async list(): Promise<string[]> {
    return [...this.#names];
  }

  async get(name: string): Promise<FunctionNamespace> {
    if (!this.#names.includes(name)) throw new NamespaceNotFoundError({ name, names: this.#names });
    return { name, labels: {}, annotations: {} };
  }

  async create(): Promise<void> {
    throw namespacesFixed();
  }

  async update(): Promise<void> {
    throw namespacesFixed();
  }

  async remove(): Promise<void> {
    throw namespacesFixed();
  }
}

function namespacesFixed(): NamespacesFixedError {
  return new NamespacesFixedError({
    reason: "The namespaces of npm start are those of the stack file; edit that file and restart npm start.",
  });
}
