import { NotOwnedError } from "../../http/errors.ts";
import type { FunctionKey } from "../../http/function-provider.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { owner, ownerLabel } from "../objects/owner.ts";
import { isOwned, type ObjectStore, type StoredObject } from "./object-store.ts";

/** The stored objects of a function, with any owner. */
export interface StoredObjects {
  key: FunctionKey;
  deployment?: StoredObject | undefined;
  service?: StoredObject | undefined;
  autoscaler?: StoredObject | undefined;
  disruptionBudget?: StoredObject | undefined;
}

/** Returns the keys of a function's objects. */
export function bareObjects({ name, namespace }: FunctionKey) {
  const metadata = { name, namespace };
  return {
    deployment: { apiVersion: "apps/v1", kind: "Deployment", metadata },
    service: { apiVersion: "v1", kind: "Service", metadata },
    autoscaler: { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata },
    disruptionBudget: { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata },
  } satisfies Record<string, KubernetesObject>;
}

/** Reads the objects of a function. */
export async function readObjects(store: ObjectStore, key: FunctionKey): Promise<StoredObjects> {
  const bare = bareObjects(key);
  const [deployment, service, autoscaler, disruptionBudget] = await Promise.all([
    store.read(bare.deployment),
    store.read(bare.service),
    store.read(bare.autoscaler),
    store.read(bare.disruptionBudget),
  ]);
  return {
    key: { name: key.name, namespace: key.namespace },
    deployment,
    service,
    autoscaler,
    disruptionBudget,
  };
}

/** @throws NotOwnedError (409) when the gateway did not deploy one of the objects */
export function checkOwners(name: string, stored: Omit<StoredObjects, "key">): void {
  const { deployment, service, autoscaler, disruptionBudget } = stored;
  if (deployment !== undefined && !isOwned(deployment)) {
    const reason = `kubectl owns it, because its Deployment lacks the label ${ownerLabel}: ${owner}`;
    throw new NotOwnedError({ name, reason });
  }
  const others = {
    Service: service,
    HorizontalPodAutoscaler: autoscaler,
    PodDisruptionBudget: disruptionBudget,
  };
  for (const [kind, object] of Object.entries(others)) {
    if (object === undefined || isOwned(object)) continue;
    const reason = `it lacks the label ${ownerLabel}: ${owner}; choose another name for the function`;
    throw new NotOwnedError({ name: `the ${kind} ${name}`, reason });
  }
}
