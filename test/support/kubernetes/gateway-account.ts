import { applyObjects, type KubernetesObject, kubectl, render } from "./kubernetes.ts";

/** The service account of a gateway in its own namespace, with the rights of a folder of deploy/. */
export interface StartedGatewayAccount extends AsyncDisposable {
  namespace: string;
  /** The account's name in the API. */
  user: string;
  /** Grants it the rights of another folder, too. */
  grant(folder: string): Promise<void>;
}

const kinds = [
  ...["ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "ConfigMap"],
  ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
];

/**
 * Creates a namespace with the gateway's account, and grants it the rights of a kustomization's folder. Disposing of it deletes the
 * namespace; cluster roles and policies stay, because other tests may use them.
 */
export async function startGatewayAccount(
  namespace: string,
  initialFolder: string,
): Promise<StartedGatewayAccount> {
  await kubectl(["create", "namespace", namespace]);
  const grant = async (folder: string) => {
    const objects = (await render(folder))
      .filter(
        ({ kind, metadata }) => kinds.includes(kind) && /^(gateway|function-secrets)/.test(metadata.name),
      )
      .map((object) => setNamespace(namespace, object));
    await applyObjects(objects);
  };
  await grant(initialFolder);
  return {
    namespace,
    user: `system:serviceaccount:${namespace}:gateway`,
    grant,
    async [Symbol.asyncDispose]() {
      await kubectl(["delete", "namespace", namespace, "--wait=false"]);
      await kubectl(["delete", "clusterrolebinding", "gateway-namespaces", "--ignore-not-found"]);
    },
  };
}

function setNamespace(namespace: string, object: KubernetesObject): KubernetesObject {
  const { metadata, subjects } = object;
  return {
    ...object,
    metadata: metadata.namespace === undefined ? metadata : { ...metadata, namespace },
    ...(subjects === undefined
      ? {}
      : { subjects: subjects.map((subject: object) => ({ ...subject, namespace })) }),
  };
}
