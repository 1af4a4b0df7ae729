import type { FunctionDefinition } from "./function-target.ts";

/** A function of a namespace. */
export interface FunctionKey {
  name: string;
  namespace: string;
}

/** A function definition with its namespace. */
export type DeployedDefinition = FunctionDefinition & FunctionKey;

/**
 * Deploys and changes functions: as Kubernetes objects in a cluster, as processes in the local gateway. Its promises resolve
 * when the change is accepted, before pods or processes have changed.
 */
export interface FunctionProvider {
  /**
   * Deploys a new function.
   * @returns warnings, one sentence each
   * @throws FunctionExistsError (409), NotDeployableError (400)
   */
  deploy(definition: DeployedDefinition): Promise<readonly string[]>;
  /**
   * Updates a function to this definition.
   * @returns warnings, as `deploy`
   * @throws FunctionNotFoundError (404), NotOwnedError (409), NotDeployableError (400)
   */
  update(definition: DeployedDefinition): Promise<readonly string[]>;
  /** @throws FunctionNotFoundError (404), NotOwnedError (409) */
  remove(key: FunctionKey): Promise<void>;
  /** @throws FunctionNotFoundError (404), NotOwnedError (409), NotDeployableError (400) above its maximum */
  scale(key: FunctionKey, replicas: number): Promise<void>;
  /** Maximum replicas of every function; unset: the function's labels decide. */
  readonly maxReplicas?: number;
  readonly secrets: SecretStore;
  readonly namespaces: NamespaceStore;
}

/** A secret of functions: a file under /var/openfaas/secrets. */
export interface Secret extends FunctionKey {
  value: Buffer;
}

/** The secrets of functions; their values are write-only. */
export interface SecretStore {
  /** Lists the names of the secrets of a namespace. */
  list(namespace: string): Promise<string[]>;
  /** @throws SecretExistsError (409) */
  create(secret: Secret): Promise<void>;
  /** @throws SecretNotFoundError (404) */
  update(secret: Secret): Promise<void>;
  /** @throws SecretNotFoundError (404) */
  remove(key: FunctionKey): Promise<void>;
}

/** A namespace of functions. */
export interface FunctionNamespace {
  name: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

/** The namespaces of functions. */
export interface NamespaceStore {
  /** Lists their names, the default one first. */
  list(): Promise<string[]>;
  /** @throws NamespaceNotFoundError (404) */
  get(name: string): Promise<FunctionNamespace>;
  /** @throws NamespacesFixedError (403) where namespaces cannot be changed, NamespaceExistsError (409) */
  create(namespace: FunctionNamespace): Promise<void>;
  /** @throws NamespacesFixedError (403), NamespaceNotFoundError (404) */
  update(namespace: FunctionNamespace): Promise<void>;
  /** @throws NamespacesFixedError (403), NamespaceNotFoundError (404) */
  remove(name: string): Promise<void>;
}
