import { FunctionExistsError, FunctionNotFoundError, NotDeployableError } from "../../http/errors.ts";
import type { DeployedDefinition, FunctionKey, FunctionProvider } from "../../http/function-provider.ts";
import { readScaleLabels } from "../../http/scale-labels.ts";
import { type FunctionObjects, functionObjects } from "../objects/function-objects.ts";
import { owner } from "../objects/owner.ts";
import type { ClusterNamespaces } from "./cluster-namespaces.ts";
import type { ClusterSecrets } from "./cluster-secrets.ts";
import { isOwned, type ObjectStore, type StoredObject } from "./object-store.ts";
import { bareObjects, checkOwners, readObjects, type StoredObjects } from "./stored-objects.ts";

/** Options of ClusterProvider. */
export interface ClusterProviderOptions {
  store: ObjectStore;
  secrets: ClusterSecrets;
  namespaces: ClusterNamespaces;
  /** The called names of all functions, for error messages. */
  names(): Iterable<string>;
}

/**
 * Deploys functions as Kubernetes objects. Kubernetes stores all state. A repeated request completes a change that a killed
 * gateway interrupted.
 */
export class ClusterProvider implements FunctionProvider {
  readonly secrets: ClusterSecrets;
  readonly namespaces: ClusterNamespaces;
  readonly #store: ObjectStore;
  readonly #names: () => Iterable<string>;

  constructor({ store, secrets, namespaces, names }: ClusterProviderOptions) {
    this.secrets = secrets;
    this.namespaces = namespaces;
    this.#store = store;
    this.#names = names;
  }

  async deploy(definition: DeployedDefinition): Promise<readonly string[]> {
    const objects = await this.#createObjects(definition);
    const stored = await readObjects(this.#store, definition);
    checkOwners(definition.name, stored);
    if (isComplete(stored, objects)) throw new FunctionExistsError(definition);
    await this.#store.apply(objects.deployment);
    const { min } = readScaleLabels(definition.labels);
    // An autoscaler brings a new function to its minimum, but never to zero.
    if (min === 0 || (min > 1 && objects.autoscaler === undefined)) await this.#setReplicas(objects, min);
    await this.#applyRest(objects, stored);
    return [];
  }

  async update(definition: DeployedDefinition): Promise<readonly string[]> {
    const objects = await this.#createObjects(definition);
    const stored = await readObjects(this.#store, definition);
    if (stored.deployment === undefined) throw this.#notFound(definition);
    checkOwners(definition.name, stored);
    await this.#store.apply(objects.deployment);
    await this.#applyRest(objects, stored);
    await this.#keepWithinBounds(definition, objects, stored.deployment);
    return [];
  }

  async remove(key: FunctionKey): Promise<void> {
    const stored = await readObjects(this.#store, key);
    if (stored.deployment !== undefined) checkOwners(key.name, { deployment: stored.deployment });
    const bare = bareObjects(key);
    // The Deployment is deleted last: while it exists, the removal can be repeated.
    const order = [
      [bare.autoscaler, stored.autoscaler],
      [bare.disruptionBudget, stored.disruptionBudget],
      [bare.service, stored.service],
      [bare.deployment, stored.deployment],
    ] as const;
    const owned = order.filter(([, object]) => object !== undefined && isOwned(object));
    if (owned.length === 0) throw this.#notFound(key);
    for (const [object] of owned) await this.#store.delete(object);
  }

  /** Sets the replicas of a function: 0, or a number within its bounds. */
  async scale(key: FunctionKey, replicas: number): Promise<void> {
    const { deployment } = bareObjects(key);
    const stored = await this.#store.read(deployment);
    if (stored === undefined) throw this.#notFound(key);
    checkOwners(key.name, { deployment: stored });
    const { min, max } = readScaleLabels(stored.spec.template?.metadata?.labels ?? {});
    if (replicas !== 0 && (replicas < min || replicas > max)) {
      throw new NotDeployableError({
        reason: `The function ${key.name} cannot have ${replicas} replicas; its labels allow 0, or ${Math.max(min, 1)} to ${max}.`,
      });
    }
    await this.#store.patch(deployment, { spec: { replicas } });
  }

  /** Builds the objects, and validates everything that does not depend on stored state. */
  async #createObjects(definition: DeployedDefinition): Promise<FunctionObjects> {
    const { namespace, image, secrets } = definition;
    const objects = functionObjects(definition, { namespace, image, owner });
    await this.secrets.check(secrets, namespace);
    return objects;
  }

  /** Applies the disruption budget last: its existence marks a complete function. */
  async #applyRest({ service, autoscaler, disruptionBudget }: FunctionObjects, stored: StoredObjects) {
    await this.#store.apply(service);
    if (autoscaler !== undefined) await this.#store.apply(autoscaler);
    else if (stored.autoscaler !== undefined) await this.#store.delete(bareObjects(stored.key).autoscaler);
    await this.#store.apply(disruptionBudget);
  }

  /** Applies new bounds to the replicas. An autoscaler does so itself; a function at zero stays there until a call wakes it. */
  async #keepWithinBounds(
    { labels }: DeployedDefinition,
    objects: FunctionObjects,
    { spec }: StoredObject,
  ): Promise<void> {
    if (objects.autoscaler !== undefined || spec.replicas === 0) return;
    const { min, max } = readScaleLabels(labels);
    const replicas = Math.min(Math.max(spec.replicas, min), max);
    if (replicas !== spec.replicas) await this.#setReplicas(objects, replicas);
  }

  /** Patches the replicas. `apply` never sets them, so an update keeps them. */
  async #setReplicas({ deployment }: FunctionObjects, replicas: number): Promise<void> {
    await this.#store.patch(deployment, { spec: { replicas } });
  }

  #notFound({ name }: FunctionKey): FunctionNotFoundError {
    return new FunctionNotFoundError({ name, names: this.#names() });
  }
}

function isComplete(stored: StoredObjects, wanted: FunctionObjects): boolean {
  const { deployment, service, autoscaler, disruptionBudget } = stored;
  return (
    deployment !== undefined &&
    service !== undefined &&
    disruptionBudget !== undefined &&
    (autoscaler !== undefined || wanted.autoscaler === undefined)
  );
}
