import { configReader } from "@platform/shared/config/config-reader";
import { secretsDir } from "@platform/shared/config/function-settings";
import { serviceSettings } from "@platform/shared/config/service-settings";
import { setting, withFacts } from "@platform/shared/config/setting";
import {
  duration,
  flag,
  headerName,
  httpUrl,
  integer,
  positiveDuration,
  secretName,
} from "@platform/shared/config/settings";
import { brokers, kafkaProblems, kafkaSettings } from "@platform/shared/kafka/kafka-settings";
import { tracingSettings } from "@platform/shared/telemetry/tracing-settings";
import * as v from "valibot";
import { routeList } from "./route.ts";

const settings = {
  ...kafkaSettings,
  KAFKA_BROKERS: setting("Kafka brokers", brokers()),
  GROUP_PREFIX: setting(
    "prefix of the consumer groups, one for each function",
    v.optional(groupPrefix(), "kafka-connector"),
  ),
  SESSION_TIMEOUT: setting(
    "session timeout: a rebalance moves the partitions of a connector that is silent for longer; Kafka allows 6s to 30m",
    positiveDuration("10s"),
  ),
  GATEWAY_URL: setting("OpenFaaS gateway", httpUrl()),
  BASIC_AUTH_DIR: setting(
    "folder with the files basic-auth-user and basic-auth-password",
    v.optional(v.string()),
    { unset: "no login" },
  ),
  ROUTES: setting("routes, instead of the annotations of functions", v.optional(routeList()), {
    unset: "the annotations topic and kafka-batch-size",
  }),
  BATCH_SIZE: setting(
    "maximum number of messages in a call, for functions without the annotation kafka-batch-size",
    integer({ fallback: 1, min: 1, max: 10_000, unit: "messages" }),
  ),
  ENVELOPE: setting(
    "send messages in an envelope with their key and headers, for functions without the annotation kafka-envelope",
    flag(),
  ),
  BATCH_BYTES: setting(
    "maximum bytes of the values in a call, unless a single message is larger",
    integer({ fallback: 800_000, min: 1, max: 100_000_000, unit: "bytes" }),
  ),
  REFRESH: setting("interval of the requests for functions and topics", positiveDuration("10s")),
  CALL_TIMEOUT: setting("time limit for a call of a function", positiveDuration("60s")),
  RETRY_MAX_PAUSE: setting("maximum pause before a retry of a call", positiveDuration("30s")),
  SHUTDOWN_TIMEOUT: setting("time limit for calls in flight after SIGTERM", duration("35s")),
  HMAC_SECRET_NAME: setting("secret whose first line is the key that signs calls", secretName(), {
    unset: "calls are not signed",
  }),
  HMAC_HEADER: setting("header with the signature", headerName("Hmac")),
  SECRETS_DIR: secretsDir(),
  ...serviceSettings({ port: 8082 }),
  ...tracingSettings,
};

/** Reads the settings of the connector. */
export const readConnectorConfig = configReader(settings, kafkaProblems);

/** The parsed settings of the connector. */
export type ConnectorConfig = ReturnType<typeof readConnectorConfig>;

function groupPrefix() {
  const schema = v.pipe(
    v.string(),
    v.regex(/^[\w.-]{1,100}$/, "must be letters, digits, dots, hyphens and underscores"),
  );
  return withFacts(schema, { values: "letters, digits, dots, hyphens and underscores" });
}
