import { NotDeployableError, SecretExistsError, SecretNotFoundError } from "../../http/errors.ts";
import type { FunctionKey, Secret, SecretStore } from "../../http/function-provider.ts";
import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { owner, ownerLabel } from "../objects/owner.ts";
import { secretList, secretListName } from "../objects/secret-list.ts";
import { secretObjectName } from "../objects/secrets-volume.ts";
import type { ObjectStore } from "./object-store.ts";

/**
 * Secrets of functions. The gateway's account may create, patch and delete Secrets, but not read them: RBAC cannot select
 * by label, so a right to read would cover the whole namespace. A ConfigMap lists their names instead.
 */
export class ClusterSecrets implements SecretStore {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  async list(namespace: string): Promise<string[]> {
    const config = await this.#store.read(secretList(namespace));
    return Object.keys(config?.data ?? {}).sort();
  }

  /** Creates the Secret, then lists its name. It completes an unlisted Secret, which is half created. */
  async create(secret: Secret): Promise<void> {
    const { name, namespace } = secret;
    const object = secretObject(secret);
    const names = await this.list(namespace);
    const isCreated = await this.#store.create(object);
    if (!isCreated) {
      if (names.includes(name)) throw new SecretExistsError({ name });
      await this.#store.apply(object);
    }
    await this.#setListed(secret, new Date().toISOString());
  }

  /** Replaces the value. Pods see it within about two minutes, at the kubelet's next sync. */
  async update(secret: Secret): Promise<void> {
    const { name, namespace } = secret;
    if (!(await this.list(namespace)).includes(name)) throw new SecretNotFoundError({ name });
    await this.#store.apply(secretObject(secret));
  }

  /** Unlists the name, so that no new function can use it, then deletes the Secret. A retry completes the removal. */
  async remove(key: FunctionKey): Promise<void> {
    const { name, namespace } = key;
    const isListed = (await this.list(namespace)).includes(name);
    if (isListed) await this.#setListed(key, null);
    const isDeleted = await this.#store.delete(bareSecret(key));
    if (!isListed && !isDeleted) throw new SecretNotFoundError({ name });
  }

  /** @throws NotDeployableError (400) that names the missing secrets */
  async check(secrets: readonly string[], namespace: string): Promise<void> {
    if (secrets.length === 0) return;
    const names = new Set(await this.list(namespace));
    const missing = secrets.filter((secret) => !names.has(secret));
    if (missing.length === 0) return;
    throw new NotDeployableError({
      reason: `The namespace ${namespace} has no secret ${missing.join(", ")}; create it with POST /system/secrets (faas-cli secret create).`,
    });
  }

  async #setListed({ name, namespace }: FunctionKey, time: string | null): Promise<void> {
    const config = secretList(namespace);
    if (await this.#store.patch(config, { data: { [name]: time } })) return;
    throw new NotDeployableError({
      reason: `The namespace ${namespace} has no ConfigMap ${secretListName}, which deploy/components/provider creates.`,
    });
  }
}

function bareSecret({ name, namespace }: FunctionKey): KubernetesObject {
  return { apiVersion: "v1", kind: "Secret", metadata: { name: secretObjectName(name), namespace } };
}

function secretObject(secret: Secret) {
  const { metadata, ...bare } = bareSecret(secret);
  return {
    ...bare,
    metadata: { ...metadata, labels: { [ownerLabel]: owner } },
    type: "Opaque",
    data: { [secret.name]: secret.value.toString("base64") },
  };
}
