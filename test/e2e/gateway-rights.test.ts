// needs: kubernetes-api
import { join } from "node:path";
import {
  functionKinds,
  functionObject,
  functionSecret,
  ownerLabel,
  withName,
  withoutOwner,
  withVolume,
} from "../support/kubernetes/function-objects.ts";
import { type StartedGatewayAccount, startGatewayAccount } from "../support/kubernetes/gateway-account.ts";
import { applyObjects, hasKubernetes, type KubernetesObject } from "../support/kubernetes/kubernetes.ts";
import { type StartedKubernetesApi, startKubernetesApi } from "../support/kubernetes/kubernetes-api.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";
import { refusedObjects } from "./refused-objects.ts";

jest.setTimeout(60_000);

const folder = (...path: string[]) => join(root, "deploy", ...path);
const applyPatch = "application/apply-patch+yaml";
const mergePatch = "application/merge-patch+json";

/** Returns the API and the resource of a kind. */
const resourcesByKind: Readonly<Record<string, readonly [string, string]>> = {
  ConfigMap: ["api/v1", "configmaps"],
  Deployment: ["apis/apps/v1", "deployments"],
  HorizontalPodAutoscaler: ["apis/autoscaling/v2", "horizontalpodautoscalers"],
  Lease: ["apis/coordination.k8s.io/v1", "leases"],
  PodDisruptionBudget: ["apis/policy/v1", "poddisruptionbudgets"],
  RoleBinding: ["apis/rbac.authorization.k8s.io/v1", "rolebindings"],
  Secret: ["api/v1", "secrets"],
  Service: ["api/v1", "services"],
};

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let api: StartedKubernetesApi;
  let account: StartedGatewayAccount;
  beforeAll(async () => {
    api = await startKubernetesApi();
    account = await startGatewayAccount(`gateway-rights-${process.pid}`, folder("overlays", "local"));
  });
  afterAll(async () => {
    await account?.[Symbol.asyncDispose]();
    await api?.[Symbol.asyncDispose]();
  });

  const asGateway = (method: string, path: string, body?: object, contentType = "application/json") =>
    api.call(method, path, { as: account.user, contentType, ...(body && { body }) });
  const toPath = (kind: string, name?: string, namespace = account.namespace) => {
    const [group, resource] = resourcesByKind[kind]!;
    return `/${group}/namespaces/${namespace}/${resource}${name === undefined ? "" : `/${name}`}`;
  };
  const create = (object: KubernetesObject) => asGateway("POST", `${toPath(object.kind)}?dryRun=All`, object);
  const patch = (kind: string, name: string, change: object) =>
    asGateway("PATCH", `${toPath(kind, name)}?dryRun=All`, change, mergePatch);
  const remove = (kind: string, name: string, query = "") =>
    asGateway("DELETE", `${toPath(kind, name)}?dryRun=All${query}`);

  /** Returns the account's rights in its namespace, without those that every account has. */
  const readRights = async () => {
    const { body } = await asGateway("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", {
      spec: { namespace: account.namespace },
    });
    const verbsByKey = new Map<string, Set<string>>();
    for (const { apiGroups, resources, resourceNames = [], ...rule } of body.status.resourceRules as Rule[]) {
      for (const resource of resources.filter((candidate) => !candidate.startsWith("selfsubject"))) {
        const [group] = apiGroups;
        const key = [group ? `${resource}.${group}` : resource, ...resourceNames].join(" ");
        verbsByKey.set(key, new Set([...(verbsByKey.get(key) ?? []), ...rule.verbs]));
      }
    }
    return [...verbsByKey].map(([key, verbs]) => `${key}: ${[...verbs].sort().join(" ")}`).sort();
  };
  const isAllowed = async (verb: string, group: string, resource: string, namespace: string) => {
    const [name, subresource] = resource.split("/");
    const resourceAttributes = { verb, group, resource: name, subresource, namespace };
    const { body } = await api.call("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
      body: { spec: { user: account.user, resourceAttributes } },
    });
    return body.status.allowed as boolean;
  };

  describe("the gateway of overlays/local", () => {
    it("reads Deployments, EndpointSlices, Pods and their logs, and may do nothing else", async () => {
      await waitFor("its rights", async () => (await readRights()).length > 0);
      expect(await readRights()).toEqual([
        "deployments.apps: list watch",
        "endpointslices.discovery.k8s.io: list watch",
        "pods/log: get",
        "pods: list",
      ]);
    });
  });

  describe("the gateway of overlays/provider", () => {
    beforeAll(async () => {
      await account.grant(folder("overlays", "provider"));
      for (const [name, object] of refusedObjects)
        await waitFor(`the policy about ${name}`, async () => (await create(object)).status === 422);
      const foreign = [...functionKinds.map((kind) => functionObject(kind)), functionSecret()].map((object) =>
        withName(withoutOwner(object), "foreign"),
      );
      const other = withName(withoutOwner(functionObject("Deployment")), "other");
      delete other.metadata.labels?.faas_function;
      for (const { metadata } of [...foreign, other]) metadata.namespace = account.namespace;
      await applyObjects([...foreign, other]);
    });

    it("may deploy functions, and nothing else", async () => {
      expect(await readRights()).toEqual([
        "configmaps function-secrets: get patch",
        "deployments.apps: create delete get list patch watch",
        "endpointslices.discovery.k8s.io: list watch",
        "horizontalpodautoscalers.autoscaling: create delete get patch",
        "leases.coordination.k8s.io: create delete get list patch update",
        "poddisruptionbudgets.policy: create delete get patch",
        "pods/log: get",
        "pods: list",
        "secrets: create delete patch",
        "services: create delete get patch",
      ]);
    });

    it.each([
      ["get", "", "secrets"],
      ["list", "", "secrets"],
      ["watch", "", "secrets"],
      ["list", "", "configmaps"],
      ["create", "", "configmaps"],
      ["create", "", "pods"],
      ["create", "", "pods/exec"],
      ["create", "", "serviceaccounts/token"],
      ["deletecollection", "apps", "deployments"],
      ["create", "apps", "statefulsets"],
      ["create", "batch", "jobs"],
      ["create", "rbac.authorization.k8s.io", "rolebindings"],
      ["create", "", "namespaces"],
    ])("may not %s %s/%s", async (verb, group, resource) => {
      expect(await isAllowed(verb, group, resource, account.namespace)).toBe(false);
    });

    it.each(["deployments", "secrets"])("may not create %s in other namespaces", async (resource) => {
      const group = resource === "deployments" ? "apps" : "";
      expect(await isAllowed("create", group, resource, account.namespace)).toBe(true);
      expect(await isAllowed("create", group, resource, "kube-system")).toBe(false);
    });

    it.each(functionKinds)("creates, changes and deletes the %s of a function", async (kind) => {
      const apply = () =>
        asGateway(
          "PATCH",
          `${toPath(kind, "greet")}?fieldManager=gateway&force=true`,
          functionObject(kind),
          applyPatch,
        );
      expect(await apply()).toMatchObject({ status: 201 });
      expect(await apply()).toMatchObject({ status: 200 });
      expect(await patch(kind, "greet", { metadata: { annotations: { a: "b" } } })).toMatchObject({
        status: 200,
      });
      expect(await asGateway("DELETE", toPath(kind, "greet"))).toMatchObject({ status: 200 });
    });

    it("creates, changes, mounts and deletes the secrets of functions", async () => {
      const name = "function-greet";
      expect(await asGateway("POST", toPath("Secret"), functionSecret())).toMatchObject({ status: 201 });
      expect(await patch("Secret", name, { stringData: { key: "2" } })).toMatchObject({ status: 200 });
      const mounted = withVolume({ projected: { sources: [{ secret: { name } }] } });
      expect(await create(mounted)).toMatchObject({ status: 201 });
      expect(await asGateway("DELETE", toPath("Secret", name))).toMatchObject({ status: 200 });
    });

    it.each([
      ["Deployment", "foreign"],
      ["Deployment", "other"],
      ["Service", "foreign"],
      ["HorizontalPodAutoscaler", "foreign"],
      ["PodDisruptionBudget", "foreign"],
      ["Secret", "function-foreign"],
    ])("neither changes nor deletes the %s %s of another owner", async (kind, name) => {
      const message = expect.stringMatching(/another owner|kubectl owns this function/);
      const refusal = { status: 422, body: { message } };
      expect(await patch(kind, name, { metadata: { labels: ownerLabel } })).toMatchObject(refusal);
      expect(await patch(kind, name, { metadata: { annotations: { a: "b" } } })).toMatchObject(refusal);
      expect(await remove(kind, name)).toMatchObject(refusal);
    });

    it("reads no Secret of another owner from the answer to a change", async () => {
      const name = "function-foreign";
      const refusal = { status: 422, body: { kind: "Status" } };
      expect(await patch("Secret", name, {})).toMatchObject(refusal);
      expect(await remove("Secret", name, "&propagationPolicy=Foreground")).toMatchObject(refusal);
    });

    it.each([
      ["Deployment", { spec: { template: { spec: { hostNetwork: true } } } }, "share neither network"],
      ["Service", { spec: { selector: { app: "kafka" } } }, "the selector must be app"],
      ["HorizontalPodAutoscaler", { spec: { scaleTargetRef: { name: "gateway" } } }, "of its own name"],
      [
        "PodDisruptionBudget",
        { spec: { selector: { matchLabels: { tier: "a" } } } },
        "the selector must be app",
      ],
    ])("is refused a forbidden change of its own %s", async (kind, change, message) => {
      const created = await asGateway("POST", toPath(kind), functionObject(kind));
      expect(created).toMatchObject({ status: 201 });
      const refusal = { status: 422, body: { message: expect.stringContaining(message) } };
      expect(await patch(kind, "greet", change)).toMatchObject(refusal);
      const labels = { "app.kubernetes.io/managed-by": null };
      expect(await patch(kind, "greet", { metadata: { labels } })).toMatchObject({ status: 422 });
      await asGateway("DELETE", toPath(kind, "greet"));
    });

    it("scales a function of kubectl, and no other Deployment", async () => {
      const spec = { replicas: 3 };
      expect(await patch("Deployment", "foreign", { spec })).toMatchObject({ status: 200, body: { spec } });
      expect(await patch("Deployment", "other", { spec })).toMatchObject({ status: 422 });
    });

    it.each([
      ["template", { spec: { replicas: 3, template: { metadata: { annotations: { a: "b" } } } } }],
      ["strategy", { spec: { strategy: null } }],
      ["pause", { spec: { paused: true } }],
      ["finalizers", { metadata: { finalizers: ["example.com/never"] } }],
    ])("does not change the %s of a function of kubectl", async (_, change) => {
      const { status, body } = await patch("Deployment", "foreign", change);
      expect([status, body.message]).toEqual([422, expect.stringContaining("kubectl owns this function")]);
    });

    it("keeps the names of secrets when kubectl applies the manifests again", async () => {
      const path = toPath("ConfigMap", "function-secrets");
      const data = { greet: "2026-01-01T00:00:00Z" };
      expect(await asGateway("PATCH", path, { data }, mergePatch)).toMatchObject({ status: 200 });
      await account.grant(folder("overlays", "provider"));
      expect(await asGateway("GET", path)).toMatchObject({ status: 200, body: { data } });
    });

    it.each(refusedObjects)("is refused %s", async (_, object, message) => {
      const { status, body } = await create(object);
      expect([status, body.message]).toEqual([422, expect.stringContaining(message)]);
    });
  });

  describe("the gateway of components/namespaces-admin", () => {
    const marker = { "serverless-data-platform/functions": "true" };
    const newNamespace = `gateway-rights-${process.pid}-made`;
    const namespace = (name: string, labels: object = marker) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels },
    });
    const binding = (fields: object = {}) => ({
      kind: "RoleBinding",
      metadata: { name: "gateway-functions" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "gateway-functions" },
      subjects: [{ kind: "ServiceAccount", name: "gateway", namespace: account.namespace }],
      ...fields,
    });
    const list = (name = "function-secrets") => ({ kind: "ConfigMap", metadata: { name } });
    const createObject = (name: string, object: { kind: string }) =>
      asGateway("POST", `${toPath(object.kind, undefined, name)}?dryRun=All`, object);
    const patchNamespace = (name: string, labels: object) =>
      asGateway("PATCH", `/api/v1/namespaces/${name}?dryRun=All`, { metadata: { labels } }, mergePatch);

    beforeAll(async () => {
      await account.grant(folder("components", "namespaces-admin"));
      await waitFor("the policies", async () => {
        const attempts = [
          asGateway("POST", "/api/v1/namespaces?dryRun=All", namespace("unmarked", {})),
          createObject("default", list()),
        ];
        return (await Promise.all(attempts)).every(({ status }) => status === 422);
      });
      // Its own namespace is protected even with the label.
      const own = namespace(account.namespace);
      expect(
        await api.call("PATCH", `/api/v1/namespaces/${account.namespace}`, {
          body: own,
          contentType: mergePatch,
        }),
      ).toMatchObject({ status: 200 });
      expect(await asGateway("POST", "/api/v1/namespaces", namespace(newNamespace))).toMatchObject({
        status: 201,
      });
    });
    afterAll(() => api.call("DELETE", `/api/v1/namespaces/${newNamespace}`));

    it("creates a namespace of functions, deploys to it, labels and deletes it", async () => {
      const deployed = () => createObject(newNamespace, functionObject("Deployment"));
      expect(await deployed()).toMatchObject({ status: 403 });
      for (const object of [binding(), list()]) {
        expect(await asGateway("POST", toPath(object.kind, undefined, newNamespace), object)).toMatchObject({
          status: 201,
        });
      }
      await waitFor("its rights", async () => (await deployed()).status === 201);
      expect(await patchNamespace(newNamespace, { team: "a" })).toMatchObject({ status: 200 });
      expect(await asGateway("DELETE", `/api/v1/namespaces/${newNamespace}?dryRun=All`)).toMatchObject({
        status: 200,
      });
    });

    it("is refused the same objects in namespaces that it created", async () => {
      const { status, body } = await createObject(newNamespace, withVolume({ hostPath: { path: "/" } }));
      expect([status, body.message]).toEqual([
        422,
        expect.stringContaining("volumes of functions are emptyDir"),
      ]);
    });

    it.each(["kube-node-lease", "its own namespace"])("neither changes nor deletes %s", async (title) => {
      const name = title === "its own namespace" ? account.namespace : title;
      const refusal = { status: 422, body: { message: expect.stringContaining("changes") } };
      expect(await patchNamespace(name, marker)).toMatchObject(refusal);
      expect(await asGateway("DELETE", `/api/v1/namespaces/${name}?dryRun=All`)).toMatchObject(refusal);
    });

    it("creates no namespace without its label, and removes the label from none", async () => {
      const message = expect.stringContaining("must have the label serverless-data-platform/functions=true");
      const created = await asGateway("POST", "/api/v1/namespaces?dryRun=All", namespace("unmarked", {}));
      expect(created).toMatchObject({ status: 422, body: { message } });
      const changed = await patchNamespace(newNamespace, { "serverless-data-platform/functions": null });
      expect(changed).toMatchObject({ status: 422, body: { message } });
    });

    it("grants only its own role, to its own account, in namespaces that it created", async () => {
      const subjects = [{ kind: "ServiceAccount", name: "default", namespace: newNamespace }];
      const roleRef = { ...binding().roleRef, name: "cluster-admin" };
      expect(await createObject("default", binding())).toMatchObject({ status: 422 });
      expect(await createObject(newNamespace, binding({ subjects }))).toMatchObject({ status: 422 });
      expect(await createObject(newNamespace, binding({ metadata: { name: "another" } }))).toMatchObject({
        status: 422,
      });
      expect(await createObject(newNamespace, binding({ roleRef }))).toMatchObject({ status: 403 });
    });

    it("creates no ConfigMap except the list of secrets, in namespaces that it created", async () => {
      expect(await createObject(newNamespace, list("another"))).toMatchObject({ status: 422 });
      expect(await createObject("default", list())).toMatchObject({ status: 422 });
    });
  });
});

interface Rule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
}
