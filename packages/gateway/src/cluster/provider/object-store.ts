import { retry } from "@platform/shared/clients/retry";
import { PeerBadAnswerError } from "@platform/shared/errors/peer-errors";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { isConflict, isMissing, KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import type { Logger } from "@platform/shared/log/logger";
import * as v from "valibot";
import { stringRecord } from "../../http/string-record.ts";
import { collectionPath, type KubernetesObject, objectPath } from "../objects/kubernetes-object.ts";
import { owner, ownerLabel } from "../objects/owner.ts";
import { toProviderError } from "./provider-errors.ts";

/** Options of ObjectStore. */
export interface ObjectStoreOptions {
  client: KubernetesClient;
  /** Host and port of the API server, for error messages. */
  host: string;
  log: Logger;
}

const stored = v.object({
  metadata: v.object({
    name: v.string(),
    labels: stringRecord(),
    annotations: stringRecord(),
    deletionTimestamp: v.optional(v.string()),
  }),
  data: stringRecord(),
  spec: v.optional(
    v.object({
      replicas: v.optional(v.number(), 1),
      template: v.optional(v.object({ metadata: v.optional(v.object({ labels: stringRecord() })) })),
    }),
    {},
  ),
});
const list = v.object({ items: v.array(stored) });

/** The fields of a stored object that the provider reads. */
export type StoredObject = v.InferOutput<typeof stored>;

const conflictTries = 5;
const conflictTimeoutMs = 3_000;

/**
 * Reads and changes Kubernetes objects.
 * All methods throw errors of toProviderError, whose messages are for callers of the gateway.
 */
export class ObjectStore {
  readonly #options: ObjectStoreOptions;

  constructor(options: ObjectStoreOptions) {
    this.#options = options;
  }

  /** Reads an object; undefined when it does not exist. */
  read(object: KubernetesObject): Promise<StoredObject | undefined> {
    return this.#attempt("read", object, async (client) => {
      const body = await client.get(objectPath(object)).catch(undefinedIfMissing);
      return body === undefined ? undefined : v.parse(stored, body);
    });
  }

  /** Lists objects of a kind and namespace by a label. */
  list(object: KubernetesObject, labelSelector: string): Promise<StoredObject[]> {
    return this.#attempt("list", object, async (client) => {
      return v.parse(list, await client.get(collectionPath(object), { labelSelector })).items;
    });
  }

  /** Creates an object. @returns false when the name is taken */
  create(object: KubernetesObject): Promise<boolean> {
    return this.#attempt("create", object, async (client) => {
      const created = await client.create(collectionPath(object), object).catch((error: unknown) => {
        if (isConflict(error)) return undefined;
        throw error;
      });
      return created !== undefined;
    });
  }

  /** Server-side apply: creates the object, or sets the gateway's fields to these. */
  async apply(object: KubernetesObject): Promise<void> {
    await this.#attempt("apply", object, (client) => client.apply(objectPath(object), object));
  }

  /** Patches an object. @returns false when it does not exist */
  patch(object: KubernetesObject, change: object): Promise<boolean> {
    return this.#attempt("change", object, async (client) => {
      const patched = await client.patch(objectPath(object), change).catch(undefinedIfMissing);
      return patched !== undefined;
    });
  }

  /** Deletes an object. @returns false when it did not exist */
  delete(object: KubernetesObject): Promise<boolean> {
    return this.#attempt("delete", object, async (client) => {
      const deleted = await client.delete(objectPath(object)).catch(undefinedIfMissing);
      return deleted !== undefined;
    });
  }

  /** Retries a change when another client changes the object concurrently. */
  async #attempt<T>(
    verb: string,
    { kind, metadata }: KubernetesObject,
    work: (client: KubernetesClient) => Promise<T>,
  ): Promise<T> {
    const { client, host, log } = this.#options;
    try {
      return await retry(() => work(client), {
        shouldRetry: (error, tries) => isConflict(error) && tries < conflictTries,
        signal: AbortSignal.timeout(conflictTimeoutMs),
      });
    } catch (error) {
      if (error instanceof v.ValiError) {
        throw new PeerBadAnswerError({ setting: "KUBERNETES_URL", host, cause: error });
      }
      if (!(error instanceof KubernetesError)) throw error;
      const { status, message } = error;
      const { name, namespace } = metadata;
      const level = verb === "read" || verb === "list" ? "debug" : "warn";
      log[level]({ verb, kind, object: name, namespace, status, reason: message }, "kubernetes_refused");
      throw toProviderError(error, `${verb} the ${kind} ${name}`, host);
    }
  }
}

/** Whether the gateway has deployed this object. */
export function isOwned({ metadata }: StoredObject): boolean {
  return metadata.labels[ownerLabel] === owner;
}

function undefinedIfMissing(error: unknown): undefined {
  if (isMissing(error)) return undefined;
  throw error;
}
