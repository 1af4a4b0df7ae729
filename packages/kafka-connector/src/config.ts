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
  KAFKA_BROKERS: setting("brokers of the topics", brokers()),
  GROUP_PREFIX: setting(
    "prefix of the consumer groups, one for each function",
    v.optional(groupPrefix(), "kafka-connector"),
  ),
  SESSION_TIMEOUT: setting(
    "how long a connector may be silent before others get its partitions; Kafka takes 6s to 30m",
    positiveDuration("10s"),
  ),
  GATEWAY_URL: setting("OpenFaaS gateway", httpUrl()),
  BASIC_AUTH_DIR: setting(
    "folder with the files basic-auth-user and basic-auth-password",
    v.optional(v.string()),
    { unset: "no login" },
  ),
  ROUTES: setting("routes that replace the annotations of the functions", v.optional(routeList()), {
    unset: "the annotations topic and kafka-batch-size",
  }),
  BATCH_SIZE: setting(
    "most messages in a call of a function whose annotations have no batch size",
    integer({ fallback: 1, min: 1, max: 10_000, unit: "messages" }),
  ),
  ENVELOPE: setting(
    "send messages in an envelope with their key and headers, where the annotations of a function do not say kafka-envelope",
    flag(),
  ),
  BATCH_BYTES: setting(
    "most bytes of the values in a call, unless a single message is larger",
    integer({ fallback: 800_000, min: 1, max: 100_000_000, unit: "bytes" }),
  ),
  REFRESH: setting("interval at which it lists functions and topics", positiveDuration("10s")),
  CALL_TIMEOUT: setting("time limit for a call of a function", positiveDuration("60s")),
  RETRY_MAX_PAUSE: setting("longest pause before a call is tried again", positiveDuration("30s")),
  SHUTDOWN_TIMEOUT: setting("time limit for calls in flight after SIGTERM", duration("35s")),
  HMAC_SECRET_NAME: setting("secret whose first line is the key that signs calls", secretName(), {
    unset: "calls are not signed",
  }),
  HMAC_HEADER: setting("header with the signature", headerName("Hmac")),
  SECRETS_DIR: secretsDir(),
  ...serviceSettings({ port: 8082 }),
  ...tracingSettings,
};

/** The settings of the connector. */
export const readConnectorConfig = configReader(settings, kafkaProblems);

/** The settings of the connector, as they were read. */
export type ConnectorConfig = ReturnType<typeof readConnectorConfig>;

function groupPrefix() {
  const schema = v.pipe(
    v.string(),
    v.regex(/^[\w.-]{1,100}$/, "must be letters, digits, dots, hyphens and underscores"),
  );
  return withFacts(schema, { values: "letters, digits, dots, hyphens and underscores" });
}
