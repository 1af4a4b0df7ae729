import {
  functionKinds,
  functionObject,
  functionSecret,
  ownerLabel,
  withContainer,
  withContainerSecurity,
  withName,
  withoutOwner,
  withPod,
  withSecurity,
  withSpec,
  withVolume,
} from "../support/kubernetes/function-objects.ts";
import type { KubernetesObject } from "../support/kubernetes/kubernetes.ts";

const noLabel = "the label app.kubernetes.io/managed-by=gateway is missing";
const labels = "the labels app and faas_function must be the function's name, and app alone the selector";
const volumes = "volumes of functions are emptyDir, or projected from Secrets";
const secrets = "a function mounts only Secrets whose names begin with function-";
const environment = "environment variables of functions are values, neither envFrom nor valueFrom";
const account = "functions have the service account default, and automountServiceAccountToken is false";
const host = "functions share neither network, ports, processes nor IPC with their node";
const scheduling =
  "nodeName, priorityClassName, runtimeClassName, tolerations and resourceClaims are not for";
const user = "functions run with runAsNonRoot, a user other than 0 and the seccomp profile RuntimeDefault";
const privileges = "functions have no privileges, no allowPrivilegeEscalation, and drop ALL capabilities";
const options =
  "seLinuxOptions, windowsOptions, appArmorProfile, sysctls and procMount are not for functions";
const handlers = "probes and lifecycle handlers of functions name no host";
const selector = "the selector must be app: the function's name, and nothing else";
const service = "Services of functions have the type ClusterIP and no externalIPs";

const pod = (template: object) =>
  functionObject("Deployment", ({ spec }) => {
    spec.template.metadata = { ...spec.template.metadata, ...template };
  });
const projected = (source: object) => withVolume({ projected: { sources: [source] } });
const httpGet = { host: "127.0.0.1", path: "/", port: 8080 };
const tokenAnnotation = { "kubernetes.io/service-account.name": "gateway" };

/** Objects that the gateway's account may not create: a name, the object, and the policy's message. */
export const refusedObjects: readonly (readonly [string, KubernetesObject, string])[] = [
  ...functionKinds.map(
    (kind) => [`a ${kind} without its label`, withoutOwner(functionObject(kind)), noLabel] as const,
  ),
  ["a Secret without its label", withoutOwner(functionSecret()), noLabel],
  [
    "the name of a part of the platform",
    withName(functionObject("Deployment"), "kafka"),
    "has the name kafka",
  ],
  ["another label app", pod({ labels: { app: "greet", faas_function: "other" } }), labels],
  [
    "another label faas_function",
    withSpec("Deployment", {
      selector: { matchLabels: { app: "kafka" } },
      template: {
        ...functionObject("Deployment").spec.template,
        metadata: { labels: { app: "kafka", faas_function: "greet" } },
      },
    }),
    labels,
  ],
  [
    "another selector",
    withSpec("Deployment", { selector: { matchLabels: { faas_function: "greet" } } }),
    labels,
  ],
  ["a folder of the node", withVolume({ hostPath: { path: "/" } }), volumes],
  ["a Secret as a whole volume", withVolume({ secret: { secretName: "function-greet" } }), volumes],
  ["a ConfigMap as volume", withVolume({ configMap: { name: "eth-geth" } }), volumes],
  ["a claim as volume", withVolume({ persistentVolumeClaim: { claimName: "data-kafka-0" } }), volumes],
  ["a projected ConfigMap", projected({ configMap: { name: "eth-geth" } }), volumes],
  ["a projected token of an account", projected({ serviceAccountToken: { path: "token" } }), volumes],
  ["a Secret of another part", projected({ secret: { name: "basic-auth" } }), secrets],
  [
    "a Secret as environment",
    withContainer({ envFrom: [{ secretRef: { name: "function-greet" } }] }),
    environment,
  ],
  [
    "a Secret's key as variable",
    withContainer({
      env: [{ name: "KEY", valueFrom: { secretKeyRef: { name: "basic-auth", key: "basic-auth-password" } } }],
    }),
    environment,
  ],
  ["the gateway's account", withPod({ serviceAccountName: "gateway" }), account],
  ["the token of an account", withPod({ automountServiceAccountToken: true }), account],
  ["an unset automountServiceAccountToken", withPod({ automountServiceAccountToken: undefined }), account],
  [
    "an init container",
    withPod(({ containers: [{ image, resources, securityContext }] }) => ({
      initContainers: [{ name: "first", image, resources, securityContext }],
    })),
    "functions have neither initContainers nor ephemeralContainers",
  ],
  ["the node's network", withPod({ hostNetwork: true }), host],
  ["the node's processes", withPod({ hostPID: true }), host],
  ["the node's IPC", withPod({ hostIPC: true }), host],
  [
    "a port of the node",
    withContainer({ ports: [{ name: "http", containerPort: 8080, hostPort: 8080 }] }),
    host,
  ],
  ["a node of its choice", withPod({ nodeName: "one" }), scheduling],
  ["a priority", withPod({ priorityClassName: "system-node-critical" }), scheduling],
  ["a runtime class", withPod({ runtimeClassName: "other" }), scheduling],
  ["tolerations", withPod({ tolerations: [{ operator: "Exists" }] }), scheduling],
  ["the user root", withSecurity({ runAsUser: 0 }), user],
  ["the user root in a container", withContainerSecurity({ runAsUser: 0 }), user],
  ["an unset runAsNonRoot", withSecurity({ runAsNonRoot: undefined }), user],
  ["runAsNonRoot: false in a container", withContainerSecurity({ runAsNonRoot: false }), user],
  ["an unset seccomp profile", withSecurity({ seccompProfile: undefined }), user],
  [
    "no seccomp profile in a container",
    withContainerSecurity({ seccompProfile: { type: "Unconfined" } }),
    user,
  ],
  [
    "privileges",
    withContainerSecurity({ privileged: true, allowPrivilegeEscalation: undefined }),
    privileges,
  ],
  [
    "an unset allowPrivilegeEscalation",
    withContainerSecurity({ allowPrivilegeEscalation: undefined }),
    privileges,
  ],
  [
    "a capability",
    withContainerSecurity({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
    privileges,
  ],
  ["the default capabilities", withContainerSecurity({ capabilities: undefined }), privileges],
  ["a type of SELinux", withSecurity({ seLinuxOptions: { type: "spc_t" } }), options],
  ["a sysctl", withSecurity({ sysctls: [{ name: "kernel.msgmax", value: "1" }] }), options],
  ["no AppArmor", withSecurity({ appArmorProfile: { type: "Unconfined" } }), options],
  ["no AppArmor in a container", withContainerSecurity({ appArmorProfile: { type: "Unconfined" } }), options],
  [
    "no AppArmor by annotation",
    functionObject("Deployment", ({ spec }) => {
      spec.template.metadata.annotations = {
        "container.apparmor.security.beta.kubernetes.io/greet": "unconfined",
      };
    }),
    options,
  ],
  ["a probe of another host", withContainer({ readinessProbe: { httpGet } }), handlers],
  [
    "a connection of a probe to another host",
    withContainer({ livenessProbe: { tcpSocket: { host: "kafka", port: 9092 } } }),
    handlers,
  ],
  ["a lifecycle handler of another host", withContainer({ lifecycle: { preStop: { httpGet } } }), handlers],
  ["a Service that leads elsewhere", withSpec("Service", { selector: { app: "kafka" } }), selector],
  ["a Service without a selector", withSpec("Service", { selector: undefined }), selector],
  ["a Service with a port of all nodes", withSpec("Service", { type: "NodePort" }), service],
  ["a Service with a load balancer", withSpec("Service", { type: "LoadBalancer" }), service],
  [
    "a Service as name of another host",
    withSpec("Service", { type: "ExternalName", externalName: "example.com" }),
    service,
  ],
  ["a Service with an address of another host", withSpec("Service", { externalIPs: ["192.0.2.1"] }), service],
  [
    "a Secret of another name",
    functionSecret({ metadata: { name: "greet", labels: ownerLabel } }),
    "names that begin with function-",
  ],
  [
    "a Secret that receives the token of an account",
    functionSecret({
      type: "kubernetes.io/service-account-token",
      metadata: { name: "function-greet", labels: ownerLabel, annotations: tokenAnnotation },
    }),
    "of type Opaque, not kubernetes.io/service-account-token",
  ],
  [
    "an autoscaler of another Deployment",
    withSpec("HorizontalPodAutoscaler", {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "gateway" },
    }),
    "an autoscaler of the gateway scales the Deployment of its own name",
  ],
  [
    "a disruption budget of other pods",
    withSpec("PodDisruptionBudget", { selector: { matchLabels: { app: "kafka" } } }),
    selector,
  ],
  [
    "a Lease of another part",
    { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name: "nifi" }, spec: {} },
    "names that begin with gateway",
  ],
];
