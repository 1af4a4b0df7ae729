import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import { ClusterNamespaces } from "./cluster-namespaces.ts";
import { ObjectStore } from "./object-store.ts";

/** Creates ClusterNamespaces with the fixed namespace `data` and a fake API server that answers every GET with `get`. */
function createNamespaces(get: () => unknown) {
  const client = { get: async () => get() } as unknown as KubernetesClient;
  const store = new ObjectStore({ client, host: "api:443", log: recordedLog().log });
  const followed: (readonly string[])[] = [];
  const listed = (names: readonly string[]) => followed.push(names);
  const namespaces = new ClusterNamespaces({ store, fixed: ["data"], gatewayNamespace: "data", listed });
  return { namespaces, followed };
}

const forbid = () => {
  throw new KubernetesError({ status: 403, reason: "Forbidden", message: "it is forbidden" });
};

describe("namespaces of functions", () => {
  it("are the fixed ones when the gateway may not list others", async () => {
    expect(await createNamespaces(forbid).namespaces.list()).toEqual(["data"]);
  });

  it("stay when the API server rejects a listing temporarily", async () => {
    let get = (): unknown => ({
      items: [
        { metadata: { name: "team" } },
        { metadata: { name: "old", deletionTimestamp: "2026-11-29T00:00:00Z" } },
      ],
    });
    const { namespaces, followed } = createNamespaces(() => get());
    await namespaces.list();
    get = forbid;
    await namespaces.list();
    get = () => ({ items: [] });
    await namespaces.list();
    expect(followed).toEqual([["data", "team"], ["data", "team"], ["data"]]);
  });
});
