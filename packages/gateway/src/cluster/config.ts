import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { duration, folder, httpUrl } from "@platform/shared/config/settings";
import { elasticsearchUsage } from "@platform/shared/elasticsearch/elasticsearch-settings";
import { kafkaUsage } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";
import { dashboardProblems, dashboardSettings } from "../dashboard/dashboard-settings.ts";
import { hostNames } from "../http/host-names.ts";

/** What the gateway reads in a cluster. */
const settings = {
  ...serviceSettings({ port: 8080 }),
  /** Where the functions' Deployments and Services are. */
  NAMESPACE: v.pipe(
    v.string("is not set"),
    v.regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "must be a namespace"),
  ),
  KUBERNETES_URL: v.optional(httpUrl(), "https://kubernetes.default.svc"),
  /** The files token and ca.crt of a service account that may list Deployments. */
  SERVICE_ACCOUNT_DIR: folder("/var/run/secrets/kubernetes.io/serviceaccount"),
  /** How often the functions are asked for. */
  REFRESH: v.pipe(duration("5s"), v.minValue(1, "must be more than 0")),
  /** The files basic-auth-user and basic-auth-password; unset: /system and /ui are open. */
  BASIC_AUTH_DIR: v.optional(v.string()),
  /** Hosts beside loopback that X-Callback-Url may name. */
  CALLBACK_HOSTS: v.pipe(v.optional(v.string(), ""), v.transform(hostNames)),
  /** How long calls in flight and waiting may take after SIGTERM. */
  SHUTDOWN_TIMEOUT: duration("20s"),
  ...dashboardSettings,
};

/** Reads them. */
export const readClusterConfig = configReader(settings, dashboardProblems);

/** What readClusterConfig gives. */
export type ClusterConfig = ReturnType<typeof readClusterConfig>;

/** What `--help` prints. */
export const usage = `Usage: NAMESPACE=NAMESPACE node cluster-main.cjs

The gateway of a Kubernetes cluster without OpenFaaS: /function/NAME goes to the Service NAME, for each Deployment with
the label faas_function.

Settings, from the environment:
  NAMESPACE            where the functions are; required
  KUBERNETES_URL       the Kubernetes API (default https://kubernetes.default.svc)
  SERVICE_ACCOUNT_DIR  the files token and ca.crt for it (default /var/run/secrets/kubernetes.io/serviceaccount)
  REFRESH              how often the functions are asked for (default 5s)
  BASIC_AUTH_DIR       the files basic-auth-user and basic-auth-password, for /system and /ui; unset: they are open
  CALLBACK_HOSTS       hosts beside loopback that X-Callback-Url may name, with commas
  SHUTDOWN_TIMEOUT     how long calls in flight and waiting may take after SIGTERM (default 20s)
  PORT, HOST           where to listen (default 8080, every address)
  LOG_LEVEL            trace, debug, info, warn, error or silent (default info)

What the dashboard at /ui/ shows, each left out when it is not set:
  GETH_RPC_ENDPOINT    Ethereum nodes, with commas
  ACCOUNTS             addresses whose balances it shows, with commas
${elasticsearchUsage}
${kafkaUsage}
  SECRETS_DIR          the files of the secrets (default /var/openfaas/secrets)
`;
