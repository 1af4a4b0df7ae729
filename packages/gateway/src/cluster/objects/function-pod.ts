import type { FunctionDefinition } from "../../http/function-target.ts";
import { nodeSelector } from "./node-selector.ts";
import { functionProbes } from "./probes.ts";
import { secretsVolume } from "./secrets-volume.ts";

/** The port of the watchdog and of the Service. */
export const port = 8080;
/** A user other than root; OpenFaaS uses the same one with setNonRootUser. */
const user = 12_000;

/**
 * Creates the pod of a function. It complies with Kubernetes' Pod Security Standard `restricted`.
 * @throws NotDeployableError (400)
 */
export function functionPod(definition: FunctionDefinition, image: string): object {
  const { name, environment, annotations, requests, limits, readOnlyRootFilesystem } = definition;
  const secrets = secretsVolume(definition.secrets);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // preStop, calls in flight, and the watchdog's write_timeout
    terminationGracePeriodSeconds: 35,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...imagePullSecrets(annotations["image-pull-secrets"]),
    ...nodeSelector(definition.constraints),
    containers: [
      {
        name,
        image,
        env: Object.entries(podEnvironment(name, environment)).map(([key, value]) => ({ name: key, value })),
        ports: [{ name: "http", containerPort: port }],
        ...functionProbes(annotations),
        // The pod serves calls until every node has removed it from the Service.
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        resources: { ...(requests ? { requests } : {}), ...(limits ? { limits } : {}) },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: readOnlyRootFilesystem ?? false,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "tmp", mountPath: "/tmp" }, ...secrets.mounts],
      },
    ],
    volumes: [{ name: "tmp", emptyDir: {} }, ...secrets.volumes],
  };
}

/** OpenFaaS passes the function's name to the process, for metrics. */
export const nameVariable = "OPENFAAS_NAME";

function podEnvironment(name: string, environment: FunctionDefinition["environment"]) {
  return { [nameVariable]: name, ...environment };
}

/** Reads the annotation with names of existing Secrets. */
function imagePullSecrets(list: string | undefined): { imagePullSecrets?: { name: string }[] } {
  const names = (list ?? "").split(",").flatMap((name) => name.trim() || []);
  return names.length === 0 ? {} : { imagePullSecrets: names.map((name) => ({ name })) };
}
