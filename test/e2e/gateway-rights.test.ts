// needs: kubernetes-api
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import {
  applyObjects,
  type StartedGatewayAccount,
  startGatewayAccount,
} from "../support/kubernetes/gateway-account.ts";
import { hasKubernetes, type KubernetesObject } from "../support/kubernetes/kubernetes.ts";
import { type StartedKubernetesApi, startKubernetesApi } from "../support/kubernetes/kubernetes-api.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const overlay = (name: string) => join(root, "deploy", "overlays", name);
const owner = { "app.kubernetes.io/managed-by": "gateway" };

const rendered = parseAllDocuments(
  readFileSync(join(root, "deploy", "components", "functions", "functions.yaml"), "utf8"),
).map((document) => document.toJS() as KubernetesObject);

/** An object of function `sentiment` under the name `greet`, as the gateway makes it but for the change. */
function object(kind: string, change: Change = () => undefined): KubernetesObject {
  const text = JSON.stringify(
    rendered.find((object) => object.kind === kind && object.metadata.name === "sentiment"),
  );
  const copy: KubernetesObject = JSON.parse(text.replaceAll('"sentiment"', '"greet"'));
  delete copy.metadata.namespace;
  copy.metadata.labels = { ...copy.metadata.labels, ...owner };
  change(copy);
  return copy;
}

const secret = (change: Change = () => undefined) => {
  const metadata = { name: "function-greet", labels: { ...owner } as Record<string, string> };
  const copy: KubernetesObject = {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "Opaque",
    stringData: { key: "1" },
  };
  change(copy);
  return copy;
};

/** Changes the template of a Deployment's pods. */
const pod = (change: (pod: KubernetesObject["spec"], container: KubernetesObject["spec"]) => void) =>
  object("Deployment", ({ spec }) => change(spec.template.spec, spec.template.spec.containers[0]));

const paths: Record<string, string> = {
  Deployment: "apis/apps/v1/namespaces/NS/deployments",
  Service: "api/v1/namespaces/NS/services",
  Secret: "api/v1/namespaces/NS/secrets",
  HorizontalPodAutoscaler: "apis/autoscaling/v2/namespaces/NS/horizontalpodautoscalers",
  PodDisruptionBudget: "apis/policy/v1/namespaces/NS/poddisruptionbudgets",
  Lease: "apis/coordination.k8s.io/v1/namespaces/NS/leases",
};

const withoutOwner: Change = ({ metadata }) => {
  delete metadata.labels?.["app.kubernetes.io/managed-by"];
};
const rename =
  (name: string): Change =>
  (copy) => {
    Object.assign(copy, JSON.parse(JSON.stringify(copy).replaceAll("greet", name)));
  };
const volume = (source: object) => pod(({ volumes }) => void volumes.push({ name: "more", ...source }));
const projected = (source: object) => volume({ projected: { sources: [source] } });

const refused: [string, KubernetesObject, string][] = [
  [
    "a Deployment without its label",
    object("Deployment", withoutOwner),
    "label app.kubernetes.io/managed-by=gateway is missing",
  ],
  [
    "a Service without its label",
    object("Service", withoutOwner),
    "label app.kubernetes.io/managed-by=gateway is missing",
  ],
  [
    "a Secret without its label",
    secret(withoutOwner),
    "label app.kubernetes.io/managed-by=gateway is missing",
  ],
  [
    "an autoscaler without its label",
    object("HorizontalPodAutoscaler", withoutOwner),
    "label app.kubernetes.io/managed-by=gateway is missing",
  ],
  [
    "a disruption budget without its label",
    object("PodDisruptionBudget", withoutOwner),
    "label app.kubernetes.io/managed-by=gateway is missing",
  ],
  [
    "a function with the name of a part of the platform",
    object("Deployment", rename("kafka")),
    "a part of the platform has the name kafka",
  ],
  [
    "another pod label app",
    object("Deployment", ({ spec }) => {
      spec.selector.matchLabels.app = spec.template.metadata.labels.app = "kafka";
    }),
    "labels app and faas_function must be the function's name",
  ],
  [
    "another pod label faas_function",
    object("Deployment", ({ spec }) => {
      spec.template.metadata.labels.faas_function = "other";
    }),
    "labels app and faas_function must be the function's name",
  ],
  [
    "another selector",
    object("Deployment", ({ spec }) => {
      spec.selector.matchLabels = { faas_function: "greet" };
    }),
    "app alone the selector",
  ],
  [
    "a folder of the node",
    volume({ hostPath: { path: "/" } }),
    "volumes of functions are emptyDir, or projected from Secrets",
  ],
  [
    "a Secret as volume",
    volume({ secret: { secretName: "function-greet" } }),
    "volumes of functions are emptyDir, or projected from Secrets",
  ],
  [
    "a claim as volume",
    volume({ persistentVolumeClaim: { claimName: "data-kafka-0" } }),
    "volumes of functions are emptyDir, or projected from Secrets",
  ],
  [
    "an account's token as volume",
    projected({ serviceAccountToken: { path: "token" } }),
    "volumes of functions are emptyDir, or projected from Secrets",
  ],
  [
    "a ConfigMap as volume",
    projected({ configMap: { name: "eth-geth" } }),
    "volumes of functions are emptyDir, or projected from Secrets",
  ],
  [
    "the Secret of another part",
    projected({ secret: { name: "basic-auth" } }),
    "mounts only Secrets whose names begin with function-",
  ],
  [
    "a Secret as environment",
    pod((_, container) => {
      container.envFrom = [{ secretRef: { name: "basic-auth" } }];
    }),
    "neither envFrom nor valueFrom",
  ],
  [
    "a Secret's key as variable",
    pod((_, container) => {
      container.env.push({
        name: "KEY",
        valueFrom: { secretKeyRef: { name: "function-greet", key: "key" } },
      });
    }),
    "neither envFrom nor valueFrom",
  ],
  [
    "an account of the API",
    pod((pod) => {
      pod.serviceAccountName = "gateway";
    }),
    "functions have the service account default",
  ],
  [
    "the token of an account",
    pod((pod) => {
      delete pod.automountServiceAccountToken;
    }),
    "automountServiceAccountToken is false",
  ],
  [
    "an init container",
    pod((pod, container) => {
      pod.initContainers = [
        {
          ...container,
          name: "first",
          startupProbe: undefined,
          readinessProbe: undefined,
          livenessProbe: undefined,
          lifecycle: undefined,
        },
      ];
    }),
    "neither initContainers nor ephemeralContainers",
  ],
  [
    "the node's network",
    pod((pod) => {
      pod.hostNetwork = true;
    }),
    "share neither network, ports, processes nor IPC with their node",
  ],
  [
    "the node's processes",
    pod((pod) => {
      pod.hostPID = true;
    }),
    "share neither network, ports, processes nor IPC with their node",
  ],
  [
    "the node's IPC",
    pod((pod) => {
      pod.hostIPC = true;
    }),
    "share neither network, ports, processes nor IPC with their node",
  ],
  [
    "a port of the node",
    pod((_, container) => {
      container.ports[0].hostPort = 8080;
    }),
    "share neither network, ports, processes nor IPC with their node",
  ],
  [
    "a node of its choice",
    pod((pod) => {
      pod.nodeName = "one";
    }),
    "nodeName, priorityClassName",
  ],
  [
    "a priority",
    pod((pod) => {
      pod.priorityClassName = "system-node-critical";
    }),
    "nodeName, priorityClassName",
  ],
  [
    "tolerations",
    pod((pod) => {
      pod.tolerations = [{ operator: "Exists" }];
    }),
    "tolerations",
  ],
  [
    "the user root",
    pod((pod) => {
      pod.securityContext.runAsUser = 0;
    }),
    "a user other than 0",
  ],
  [
    "a container's user root",
    pod((_, container) => {
      container.securityContext.runAsUser = 0;
    }),
    "a user other than 0",
  ],
  [
    "no runAsNonRoot",
    pod((pod) => {
      delete pod.securityContext.runAsNonRoot;
    }),
    "run with runAsNonRoot",
  ],
  [
    "no seccomp profile",
    pod((_, container) => {
      container.securityContext.seccompProfile = { type: "Unconfined" };
    }),
    "seccomp profile RuntimeDefault",
  ],
  [
    "privileges",
    pod((_, container) => {
      container.securityContext = {
        ...container.securityContext,
        privileged: true,
        allowPrivilegeEscalation: true,
      };
    }),
    "functions have no privileges",
  ],
  [
    "allowPrivilegeEscalation",
    pod((_, container) => {
      delete container.securityContext.allowPrivilegeEscalation;
    }),
    "no allowPrivilegeEscalation",
  ],
  [
    "capabilities",
    pod((_, container) => {
      container.securityContext.capabilities.add = ["NET_ADMIN"];
    }),
    "drop ALL capabilities",
  ],
  [
    "all capabilities of a container's start",
    pod((_, container) => {
      delete container.securityContext.capabilities;
    }),
    "drop ALL capabilities",
  ],
  [
    "options of SELinux",
    pod((pod) => {
      pod.securityContext.seLinuxOptions = { type: "spc_t" };
    }),
    "seLinuxOptions",
  ],
  [
    "no AppArmor",
    object("Deployment", ({ spec }) => {
      spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/greet"] =
        "unconfined";
    }),
    "appArmorProfile",
  ],
  [
    "a probe of another host",
    pod((_, container) => {
      container.livenessProbe.httpGet.host = "127.0.0.1";
    }),
    "name no host",
  ],
  [
    "a hook of another host",
    pod((_, container) => {
      container.lifecycle.preStop = { httpGet: { host: "kafka", path: "/", port: 8080 } };
    }),
    "name no host",
  ],
  [
    "a Service that leads elsewhere",
    object("Service", ({ spec }) => {
      spec.selector = { app: "kafka" };
    }),
    "the selector must be app",
  ],
  [
    "a Service without a selector",
    object("Service", ({ spec }) => {
      delete spec.selector;
    }),
    "the selector must be app",
  ],
  [
    "a port of all nodes",
    object("Service", ({ spec }) => {
      spec.type = "NodePort";
    }),
    "Services of functions have the type ClusterIP",
  ],
  [
    "a load balancer",
    object("Service", ({ spec }) => {
      spec.type = "LoadBalancer";
    }),
    "Services of functions have the type ClusterIP",
  ],
  [
    "a name for another host",
    object("Service", ({ spec }) => {
      Object.assign(spec, { type: "ExternalName", externalName: "example.com" });
    }),
    "Services of functions have the type ClusterIP",
  ],
  [
    "addresses of other hosts",
    object("Service", ({ spec }) => {
      spec.externalIPs = ["192.0.2.1"];
    }),
    "no externalIPs",
  ],
  [
    "a Secret of another name",
    secret(({ metadata }) => {
      metadata.name = "basic-auth-2";
    }),
    "names that begin with function-",
  ],
  [
    "a Secret that gets an account's token",
    secret((copy) => {
      copy.type = "kubernetes.io/service-account-token";
      Object.assign(copy.metadata, { annotations: { "kubernetes.io/service-account.name": "gateway" } });
    }),
    "of type Opaque, not kubernetes.io/service-account-token",
  ],
  [
    "an autoscaler of another Deployment",
    object("HorizontalPodAutoscaler", ({ spec }) => {
      spec.scaleTargetRef.name = "gateway";
    }),
    "scales the Deployment of its own name",
  ],
  [
    "a disruption budget for other pods",
    object("PodDisruptionBudget", ({ spec }) => {
      spec.selector.matchLabels = { app: "kafka" };
    }),
    "the selector must be app",
  ],
  [
    "a Lease of another part",
    { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: "nifi" }, spec: {} },
    "names that begin with gateway",
  ],
];

const reading = [
  "deployments.apps: list watch",
  "endpointslices.discovery.k8s.io: list watch",
  "pods/log: get",
  "pods: list",
];
const deploying = [
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
];

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let api: StartedKubernetesApi;
  let account: StartedGatewayAccount;
  beforeAll(async () => {
    api = await startKubernetesApi();
    account = await startGatewayAccount(`gateway-rights-${process.pid}`, overlay("local"));
  }, 60_000);
  afterAll(async () => {
    await account?.[Symbol.asyncDispose]();
    await api?.[Symbol.asyncDispose]();
  }, 60_000);

  /** All that the account may do in its namespace, but what every account may. */
  const readRights = async () => {
    const { body } = await api.call("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", {
      as: account.user,
      body: {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectRulesReview",
        spec: { namespace: account.namespace },
      },
    });
    const verbs = new Map<string, Set<string>>();
    for (const rule of body.status.resourceRules as Rule[]) {
      for (const group of rule.apiGroups) {
        for (const resource of rule.resources.filter((resource) => !resource.startsWith("selfsubject"))) {
          const key = [group === "" ? resource : `${resource}.${group}`, ...(rule.resourceNames ?? [])].join(
            " ",
          );
          verbs.set(key, new Set([...(verbs.get(key) ?? []), ...rule.verbs]));
        }
      }
    }
    return [...verbs].map(([key, verbs]) => `${key}: ${[...verbs].sort().join(" ")}`).sort();
  };

  const collection = (kind: string) => `/${paths[kind]!.replace("NS", account.namespace)}`;
  const asGateway = (method: string, path: string, body?: object, contentType?: string) =>
    api.call(method, path, { as: account.user, ...(body && { body }), ...(contentType && { contentType }) });
  const create = (object: KubernetesObject) =>
    asGateway("POST", `${collection(object.kind)}?dryRun=All`, object);
  const patch = (kind: string, name: string, change: object) =>
    asGateway("PATCH", `${collection(kind)}/${name}?dryRun=All`, change, "application/merge-patch+json");

  describe("the gateway of overlays/local", () => {
    it("reads Deployments, EndpointSlices, Pods and their logs, and may do nothing else", async () => {
      expect(
        await waitFor("its rights", async () => (await readRights()).length > 0 && readRights()),
      ).toEqual(reading);
    });
  });

  describe("the gateway of overlays/provider", () => {
    beforeAll(async () => {
      await account.grant(overlay("provider"));
      const lease = refused.at(-1)![1];
      await waitFor("policies", async () => (await create(lease)).status === 422, 30_000);
      const kinds = ["Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"];
      const foreign = [...kinds.map((kind) => object(kind, withoutOwner)), secret(withoutOwner)];
      foreign.forEach(rename("foreign"));
      const other = object("Deployment", withoutOwner);
      rename("other")(other);
      delete other.metadata.labels?.faas_function;
      for (const { metadata } of [...foreign, other]) metadata.namespace = account.namespace;
      await applyObjects([...foreign, other]);
    }, 60_000);

    it("may do what deploys functions, and nothing else", async () => {
      expect(await readRights()).toEqual(deploying);
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
      const [name, subresource] = resource.split("/");
      const attributes = { verb, group, resource: name, subresource, namespace: account.namespace };
      const { body } = await api.call("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", {
        body: {
          apiVersion: "authorization.k8s.io/v1",
          kind: "SubjectAccessReview",
          spec: { user: account.user, resourceAttributes: attributes },
        },
      });
      expect(body.status.allowed).toBe(false);
    });

    it.each(["Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"])(
      "creates, changes and deletes the %s of a function",
      async (kind) => {
        const path = `${collection(kind)}/greet`;
        const apply = () =>
          asGateway(
            "PATCH",
            `${path}?fieldManager=gateway&force=true`,
            object(kind),
            "application/apply-patch+yaml",
          );
        expect(await apply()).toMatchObject({ status: 201 });
        expect(await apply()).toMatchObject({ status: 200 });
        expect(await patch(kind, "greet", { metadata: { annotations: { a: "b" } } })).toMatchObject({
          status: 200,
        });
        expect(await asGateway("DELETE", path)).toMatchObject({ status: 200 });
      },
    );

    it("deploys a function that mounts its secrets", async () => {
      expect(await asGateway("POST", collection("Secret"), secret())).toMatchObject({ status: 201 });
      expect(await patch("Secret", "function-greet", { stringData: { key: "2" } })).toMatchObject({
        status: 200,
      });
      const sources = [{ secret: { name: "function-greet" } }];
      expect(await create(volume({ projected: { sources } }))).toMatchObject({ status: 201 });
      expect(await asGateway("DELETE", `${collection("Secret")}/function-greet`)).toMatchObject({
        status: 200,
      });
    });

    it.each([
      ["Deployment", "foreign"],
      ["Deployment", "other"],
      ["Service", "foreign"],
      ["HorizontalPodAutoscaler", "foreign"],
      ["PodDisruptionBudget", "foreign"],
      ["Secret", "function-foreign"],
    ])("neither changes nor deletes the %s %s of another owner", async (kind, name) => {
      const refusal = { status: 422, body: { message: expect.stringMatching(/another owner|kubectl owns/) } };
      expect(await patch(kind, name, { metadata: { labels: owner } })).toMatchObject(refusal);
      expect(await patch(kind, name, { metadata: { annotations: { a: "b" } } })).toMatchObject(refusal);
      expect(await asGateway("DELETE", `${collection(kind)}/${name}?dryRun=All`)).toMatchObject(refusal);
    });

    it("gives up none of its own objects", async () => {
      expect(await asGateway("POST", collection("Service"), object("Service"))).toMatchObject({
        status: 201,
      });
      const labels = { "app.kubernetes.io/managed-by": null };
      expect(await patch("Service", "greet", { metadata: { labels } })).toMatchObject({ status: 422 });
    });

    it.each([
      ["PATCH", ""],
      ["DELETE", "&propagationPolicy=Foreground"],
    ])("reads no Secret of another owner by a %s that changes nothing", async (method, query) => {
      const path = `${collection("Secret")}/function-foreign?dryRun=All${query}`;
      const { status, body } = await asGateway(method, path, {}, "application/merge-patch+json");
      expect([status, body.kind]).toEqual([422, "Status"]);
    });

    it("scales a function of kubectl, and no other Deployment", async () => {
      const spec = { replicas: 3 };
      expect(await patch("Deployment", "foreign", { spec })).toMatchObject({ status: 200, body: { spec } });
      expect(await patch("Deployment", "other", { spec })).toMatchObject({ status: 422 });
    });

    it.each([
      ["image", { spec: { replicas: 3, template: { spec: { containers: [] } } } }],
      ["strategy", { spec: { strategy: null } }],
      ["pause", { spec: { paused: true } }],
      ["finalizers", { metadata: { finalizers: ["example.com/never"] } }],
    ])("does not change the %s of a function of kubectl", async (_, change) => {
      const { status, body } = await patch("Deployment", "foreign", change);
      expect([status, body.message]).toEqual([422, expect.stringContaining("kubectl owns this function")]);
    });

    it("keeps the names of secrets when kubectl applies the manifests again", async () => {
      const path = `/api/v1/namespaces/${account.namespace}/configmaps/function-secrets`;
      const data = { greet: "2026-01-01T00:00:00Z" };
      await asGateway("PATCH", path, { data }, "application/merge-patch+json");
      await account.grant(overlay("provider"));
      expect(await asGateway("GET", path)).toMatchObject({ status: 200, body: { data } });
    });

    it.each(refused)("is refused %s", async (_, object, message) => {
      const { status, body } = await create(object);
      expect([status, body.message]).toEqual([422, expect.stringContaining(message)]);
    });
  });
});

type Change = (object: KubernetesObject) => void;

interface Rule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
}
