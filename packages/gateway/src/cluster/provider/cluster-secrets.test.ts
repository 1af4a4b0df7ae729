import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import { ClusterSecrets } from "./cluster-secrets.ts";
import { ObjectStore } from "./object-store.ts";

/** Creates ClusterSecrets with a fake API server that answers every GET with `answer`. */
function createSecrets(answer: unknown): ClusterSecrets {
  const client = { get: async () => answer } as unknown as KubernetesClient;
  return new ClusterSecrets(new ObjectStore({ client, host: "api:443", log: recordedLog().log }));
}

it("lists secrets of any name", async () => {
  const data = { prototype: "2026-11-29T00:00:00Z", constructor: "2026-11-29T00:00:00Z" };
  const secrets = createSecrets({ metadata: { name: "function-secrets" }, data });
  expect(await secrets.list("data")).toEqual(["constructor", "prototype"]);
});

it("reports a malformed object as a bad answer of the API server", async () => {
  await expect(createSecrets({ items: [] }).list("data")).rejects.toMatchObject({ status: 502 });
});
