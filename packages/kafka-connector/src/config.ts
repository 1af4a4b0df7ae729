import { configReader } from "@platform/shared/config/config-reader";
import { signatureSettings } from "@platform/shared/config/function-settings";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { duration, folder, httpUrl, integer } from "@platform/shared/config/settings";
import { kafkaProblems, kafkaSettings, kafkaUsage } from "@platform/shared/kafka/kafka-settings";
import * as v from "valibot";
import { routeList } from "./route.ts";

/** A span of time above 0. */
function longerThanNothing(fallback: string) {
  return v.pipe(duration(fallback), v.minValue(1, "must be more than 0"));
}

const settings = {
  ...serviceSettings({ port: 8082 }),
  ...kafkaSettings,
  KAFKA_BROKERS: v.nonOptional(kafkaSettings.KAFKA_BROKERS, "is not set"),
  /** Begins the name of each function's consumer group. */
  GROUP_PREFIX: v.optional(
    v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/, "must be letters, digits, dots, hyphens and underscores")),
    "kafka-connector",
  ),
  /** How long a connector may be silent before its partitions go to others. */
  SESSION_TIMEOUT: longerThanNothing("10s"),
  /** OpenFaaS's gateway. */
  GATEWAY_URL: httpUrl(),
  /** A folder with the files basic-auth-user and basic-auth-password. */
  BASIC_AUTH_DIR: v.optional(v.string()),
  /** topic=function, with commas; without it the gateway says which function wants which topic. */
  ROUTES: v.optional(routeList()),
  /** How many messages a call carries for a function that does not say so itself. */
  BATCH_SIZE: integer({ fallback: 1, min: 1, max: 10_000 }),
  /** How many bytes of messages a call carries at most, unless one alone has more. */
  BATCH_BYTES: integer({ fallback: 800_000, min: 1, max: 100_000_000 }),
  /** How often the functions and topics are asked for. */
  REFRESH: longerThanNothing("10s"),
  /** How long a call of a function may take. */
  CALL_TIMEOUT: longerThanNothing("60s"),
  /** The longest pause before a call is tried again. */
  RETRY_MAX_PAUSE: longerThanNothing("30s"),
  /** How long calls in flight, and all else that ends then, may take after SIGTERM. */
  SHUTDOWN_TIMEOUT: duration("35s"),
  /** Where secrets are mounted. */
  SECRETS_DIR: folder("/var/openfaas/secrets"),
  ...signatureSettings,
};

/** What the connector reads. */
export const readConnectorConfig = configReader(settings, kafkaProblems);

/** What readConnectorConfig gives. */
export type ConnectorConfig = ReturnType<typeof readConnectorConfig>;

/** What `--help` prints. */
export const usage = `Usage: KAFKA_BROKERS=HOST:PORT GATEWAY_URL=URL node main.cjs

Calls functions with the messages of Kafka topics, at least once and in the order of each partition. A function says
by its annotations which topics it wants (topic: a,b) and how many messages a call may carry (kafka-batch-size: 500).

Settings, from the environment:
${kafkaUsage}
  GROUP_PREFIX             begins the names of the consumer groups, one a function (default kafka-connector)
  SESSION_TIMEOUT          how long a connector may be silent before its partitions go to others (default 10s)
  GATEWAY_URL              OpenFaaS's gateway
  BASIC_AUTH_DIR           a folder with the files basic-auth-user and basic-auth-password
  ROUTES                   topic=function, with commas; takes the place of the annotations
  BATCH_SIZE               messages a call carries where the function does not say so (default 1)
  BATCH_BYTES              bytes of messages a call carries at most (default 800000)
  REFRESH                  how often the functions and topics are asked for (default 10s)
  CALL_TIMEOUT             how long a call may take (default 60s)
  RETRY_MAX_PAUSE          the longest pause before a call is tried again (default 30s)
  SHUTDOWN_TIMEOUT         how long calls in flight may take after SIGTERM (default 35s)
  HMAC_SECRET_NAME         the secret with the key to sign calls with
  HMAC_HEADER              the header for the signature (default Hmac)
  SECRETS_DIR              where secrets are mounted (default /var/openfaas/secrets)
  PORT, HOST               where to listen for /healthz, /readyz and /metrics (default 8082, every address)
  LOG_LEVEL                trace, debug, info, warn, error or silent (default info)
`;
