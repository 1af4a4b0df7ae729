import { configReader } from "@platform/shared/config/config-reader";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import {
  choice,
  duration,
  flag,
  folder,
  httpUrl,
  list,
  positiveDuration,
  text,
} from "@platform/shared/config/settings";
import { kafkaSettings, topicName } from "@platform/shared/kafka/kafka-settings";
import { tracingSettings } from "@platform/shared/telemetry/tracing-settings";
import * as v from "valibot";
import { consoleProblems, consoleSettings } from "../console/console-settings.ts";
import { callbackHosts } from "../http/callback-hosts.ts";
import { corsOrigins } from "../http/cors.ts";
import { allowedImages } from "../http/system/allowed-images.ts";

const settings = {
  NAMESPACE: setting("the gateway's own namespace", namespace()),
  FUNCTION_NAMESPACES: setting(
    "namespaces of functions; the first is the default of calls without a namespace",
    v.optional(withFacts(list(namespace()), { values: "namespaces, separated by commas" })),
    { unset: "`NAMESPACE` alone" },
  ),
  READ_ONLY: setting(
    "whether functions, secrets and namespaces cannot be changed; `false` needs the rights of deploy/components/provider",
    flag(true),
  ),
  KUBERNETES_URL: setting(
    "API server of Kubernetes",
    v.optional(httpUrl(), "https://kubernetes.default.svc"),
  ),
  SERVICE_ACCOUNT_DIR: setting(
    "files token and ca.crt of the service account that calls the API server",
    folder("/var/run/secrets/kubernetes.io/serviceaccount"),
  ),
  WAKE_TIMEOUT: setting(
    "how long a call waits for a ready pod of its function; the call wakes a function at zero",
    duration("30s"),
  ),
  SCALE_DOWN_WINDOW: setting(
    "how long a function must need fewer replicas before the gateway removes the others",
    positiveDuration("60s"),
  ),
  BASIC_AUTH_DIR: setting(
    "folder with the files basic-auth-user and basic-auth-password, which protect /system and /ui",
    v.optional(v.string()),
    { unset: "both are open" },
  ),
  CALLBACK_HOSTS: callbackHosts(),
  CORS_ORIGINS: corsOrigins(),
  ALLOWED_IMAGES: allowedImages(),
  ASYNC_QUEUE: setting(
    "where asynchronous calls wait: in Kafka (KAFKA_BROKERS), or in memory, which loses them when the gateway is killed",
    choice(["kafka", "memory"], "kafka"),
  ),
  ASYNC_TOPIC: setting(
    "topic of asynchronous calls, and consumer group of the gateways",
    v.optional(topicName(), "gateway-async"),
  ),
  SHUTDOWN_TIMEOUT: setting("time limit for calls in flight after SIGTERM", duration("20s")),
  ...serviceSettings({ port: 8080 }),
  ...tracingSettings,
  ...consoleSettings,
  UI_READ_ONLY: setting(
    "whether the console is read-only: changes get 403; `false` needs BASIC_AUTH_DIR",
    consoleSettings.UI_READ_ONLY,
    { unset: "`true`" },
  ),
  KAFKA_BROKERS: setting(
    "brokers of Kafka for asynchronous calls and the console",
    kafkaSettings.KAFKA_BROKERS,
    { unset: "no Kafka; asynchronous calls get 503" },
  ),
};

/** The settings of the gateway in a cluster. */
export const readClusterConfig = configReader(settings, (config) => [
  ...consoleProblems(config),
  ...(config.UI_READ_ONLY === false && config.BASIC_AUTH_DIR === undefined
    ? ["UI_READ_ONLY=false needs BASIC_AUTH_DIR: without a login, everybody could make changes"]
    : []),
]);

/** The parsed settings of the gateway in a cluster. */
export type ClusterConfig = ReturnType<typeof readClusterConfig>;

function namespace() {
  const schema = v.pipe(text(), v.regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "must be a namespace"));
  return withFacts(schema, { values: "a namespace" });
}
