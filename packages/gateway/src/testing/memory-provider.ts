import {
  FunctionExistsError,
  FunctionNotFoundError,
  NamespaceNotFoundError,
  NamespacesFixedError,
  SecretExistsError,
  SecretNotFoundError,
} from "../http/errors.ts";
import type { FunctionCatalog } from "../http/function-catalog.ts";
import type {
  DeployedDefinition,
  FunctionKey,
  FunctionProvider,
  NamespaceStore,
  Secret,
  SecretStore,
} from "../http/function-provider.ts";
import type { FunctionTarget } from "../http/function-target.ts";

/** An in-memory provider for tests of routes. */
export class MemoryProvider implements FunctionProvider {
  /** The values of secrets by NAME.NAMESPACE. */
  readonly values = new Map<string, Buffer>();
  readonly secrets: SecretStore;
  readonly namespaces: NamespaceStore;
  /** The warnings that `deploy` and `update` return. */
  warnings: readonly string[] = [];
  readonly #functions: FunctionCatalog;

  constructor(functions: FunctionCatalog, namespaces: readonly string[]) {
    this.#functions = functions;
    this.secrets = this.#secretStore();
    this.namespaces = fixedNamespaces(namespaces);
  }

  async deploy(definition: DeployedDefinition): Promise<readonly string[]> {
    const { name, namespace } = definition;
    if (this.#functions.get(name, namespace) !== undefined) throw new FunctionExistsError({ name });
    this.#functions.set(toTarget(definition));
    return this.warnings;
  }

  async update(definition: DeployedDefinition): Promise<readonly string[]> {
    this.#find(definition);
    this.#functions.set(toTarget(definition));
    return this.warnings;
  }

  async remove(key: FunctionKey): Promise<void> {
    this.#functions.delete(this.#find(key));
  }

  async scale(key: FunctionKey, replicas: number): Promise<void> {
    const { definition } = this.#find(key);
    this.#functions.set({ ...toTarget(definition), replicas: { wanted: replicas, available: replicas } });
  }

  #find({ name, namespace }: FunctionKey): FunctionTarget {
    const target = this.#functions.get(name, namespace);
    if (target === undefined) throw new FunctionNotFoundError({ name, names: this.#functions.names() });
    return target;
  }

  #secretStore(): SecretStore {
    const toId = ({ name, namespace }: FunctionKey) => `${name}.${namespace}`;
    const checkThere = (key: FunctionKey) => {
      if (!this.values.has(toId(key))) throw new SecretNotFoundError(key);
    };
    return {
      list: async (namespace) =>
        [...this.values.keys()]
          .filter((id) => id.endsWith(`.${namespace}`))
          .map((id) => id.slice(0, -namespace.length - 1)),
      create: async (secret: Secret) => {
        if (this.values.has(toId(secret))) throw new SecretExistsError(secret);
        this.values.set(toId(secret), secret.value);
      },
      update: async (secret: Secret) => {
        checkThere(secret);
        this.values.set(toId(secret), secret.value);
      },
      remove: async (key) => {
        checkThere(key);
        this.values.delete(toId(key));
      },
    };
  }
}

function fixedNamespaces(names: readonly string[]): NamespaceStore {
  const refuse = async () => {
    throw new NamespacesFixedError({ reason: "The namespaces are fixed." });
  };
  return {
    list: async () => [...names],
    get: async (name) => {
      if (!names.includes(name)) throw new NamespaceNotFoundError({ name, names });
      return { name, labels: {}, annotations: {} };
    },
    create: refuse,
    update: refuse,
    remove: refuse,
  };
}

function toTarget(definition: FunctionTarget["definition"]): FunctionTarget {
  return {
    definition,
    createdAt: new Date(0),
    replicas: { wanted: 1, available: 1 },
    keepAlive: false,
    invocations: 0,
    address: async () => undefined,
  };
}
