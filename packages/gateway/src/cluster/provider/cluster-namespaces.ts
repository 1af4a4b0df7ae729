import { NamespaceExistsError, NamespaceNotFoundError, NamespacesFixedError } from "../../http/errors.ts";
import type { FunctionNamespace, NamespaceStore } from "../../http/function-provider.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { owner, ownerLabel } from "../objects/owner.ts";
import { secretList } from "../objects/secret-list.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import { ClusterForbidsError } from "./provider-errors.ts";

/** The label of namespaces of functions beyond FUNCTION_NAMESPACES. */
const namespaceLabel = "serverless-data-platform/functions";

/** Options of ClusterNamespaces. */
export interface ClusterNamespacesOptions {
  store: ObjectStore;
  /** FUNCTION_NAMESPACES. */
  fixed: readonly string[];
  /** The namespace of the gateway's service account. */
  gatewayNamespace: string;
  /** Called with all namespaces of functions after each listing. */
  listed(names: readonly string[]): void;
}

/**
 * Namespaces of functions. Those of FUNCTION_NAMESPACES are fixed. With the rights of deploy/components/namespaces-admin,
 * the gateway can create more.
 */
export class ClusterNamespaces implements NamespaceStore {
  readonly #store: ObjectStore;
  readonly #fixed: readonly string[];
  readonly #gatewayNamespace: string;
  readonly #listed: (names: readonly string[]) => void;
  /** The labelled namespaces of the last listing. */
  #labelled: readonly string[] = [];

  constructor({ store, fixed, gatewayNamespace, listed }: ClusterNamespacesOptions) {
    this.#store = store;
    this.#fixed = fixed;
    this.#gatewayNamespace = gatewayNamespace;
    this.#listed = listed;
  }

  async list(): Promise<string[]> {
    const listed = await this.#store
      .list(bareNamespace(""), `${namespaceLabel}=true`)
      .catch(undefinedIfForbidden);
    // A starting API server rejects all requests for a moment, so a refusal must not remove namespaces.
    this.#labelled =
      listed
        ?.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ metadata }) => metadata.name) ?? this.#labelled;
    const names = [...new Set([...this.#fixed, ...this.#labelled])];
    this.#listed(names);
    return names;
  }

  async get(name: string): Promise<FunctionNamespace> {
    await this.#check(name);
    const stored = await this.#store.read(bareNamespace(name)).catch(undefinedIfForbidden);
    const { labels = {}, annotations = {} } = stored?.metadata ?? {};
    return { name, labels, annotations };
  }

  /** Completes a half-created namespace, which lacks the gateway's rights or the list of secrets. */
  async create(namespace: FunctionNamespace): Promise<void> {
    const { name } = namespace;
    const objects = namespaceObjects(namespace, this.#gatewayNamespace);
    await withReason(async () => {
      const stored = await this.#store.read(bareNamespace(name));
      if (this.#fixed.includes(name) || (stored !== undefined && !(await this.#isHalfCreated(stored)))) {
        throw new NamespaceExistsError({ name });
      }
      const [itself, ...contents] = objects;
      await this.#store.apply(itself);
      for (const object of contents) await this.#store.create(object);
    });
  }

  async update(namespace: FunctionNamespace): Promise<void> {
    const [object] = namespaceObjects(namespace, this.#gatewayNamespace);
    await this.#checkMade(namespace.name);
    await withReason(() => this.#store.apply(object));
  }

  async remove(name: string): Promise<void> {
    await this.#checkMade(name);
    await withReason(() => this.#store.delete(bareNamespace(name)));
  }

  async #check(name: string): Promise<void> {
    if (this.#fixed.includes(name)) return;
    const names = await this.list();
    if (!names.includes(name)) throw new NamespaceNotFoundError({ name, names });
  }

  /** Whether the namespace is half created: the list of secrets, which is created last, does not exist or cannot be read. */
  async #isHalfCreated({ metadata }: StoredObject): Promise<boolean> {
    if (metadata.labels[namespaceLabel] !== "true" || metadata.deletionTimestamp !== undefined) return false;
    const secrets = await this.#store.read(secretList(metadata.name)).catch(undefinedIfForbidden);
    return secrets === undefined;
  }

  async #checkMade(name: string): Promise<void> {
    if (this.#fixed.includes(name)) {
      throw new NamespacesFixedError({
        reason: `The namespace ${name} comes from FUNCTION_NAMESPACES; the gateway does not change it.`,
      });
    }
    await this.#check(name);
  }
}

/** The namespace, the rights of the gateway's account in it, and the list of its secrets. */
function namespaceObjects(namespace: FunctionNamespace, gatewayNamespace: string) {
  const { name, labels, annotations } = namespace;
  const ownerLabels = { [ownerLabel]: owner };
  return [
    {
      ...bareNamespace(name),
      metadata: {
        name,
        labels: {
          ...labels,
          ...ownerLabels,
          [namespaceLabel]: "true",
          "pod-security.kubernetes.io/enforce": "restricted",
        },
        annotations,
      },
    },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name: "gateway-functions", namespace: name, labels: ownerLabels },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "gateway-functions" },
      subjects: [{ kind: "ServiceAccount", name: "gateway", namespace: gatewayNamespace }],
    },
    secretList(name),
  ] as const satisfies readonly KubernetesObject[];
}

function bareNamespace(name: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}

function undefinedIfForbidden(error: unknown): undefined {
  if (error instanceof ClusterForbidsError) return undefined;
  throw error;
}

/** Converts a missing right to an error that names the component that grants it. */
async function withReason(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ClusterForbidsError)) throw error;
    throw new NamespacesFixedError({
      reason: `The gateway lacks the right to change namespaces; deploy/components/namespaces-admin grants it. ${error.message}`,
    });
  }
}
