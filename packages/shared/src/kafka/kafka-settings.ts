import * as v from "valibot";
import { setting, withFacts } from "../config/setting.ts";
import { choice, flag, secretName, text } from "../config/settings.ts";

const mechanisms = ["plain", "scram-sha-256", "scram-sha-512"] as const;

/** The connection settings of every program that uses Kafka. */
export const kafkaSettings = {
  KAFKA_BROKERS: setting("Kafka brokers", v.optional(brokers()), { unset: "not used" }),
  KAFKA_TLS: setting("connect with TLS", flag()),
  KAFKA_CA_SECRET_NAME: setting(
    "secret with the certificates (PEM) of the authority that signed the brokers'; needs KAFKA_TLS=true",
    secretName(),
    { unset: "the system's authorities" },
  ),
  KAFKA_SASL_SECRET_NAME: setting("secret with user:password", secretName(), { unset: "no login" }),
  KAFKA_SASL_MECHANISM: setting("mechanism of the login", choice(mechanisms, "scram-sha-512")),
};

/** The parsed kafkaSettings, and the folder of the secrets. */
export interface KafkaConfig {
  SECRETS_DIR: string;
  KAFKA_BROKERS?: readonly string[] | undefined;
  KAFKA_TLS: boolean;
  KAFKA_CA_SECRET_NAME?: string | undefined;
  KAFKA_SASL_SECRET_NAME?: string | undefined;
  KAFKA_SASL_MECHANISM: (typeof mechanisms)[number];
}

/** The problems in a combination of settings that are each valid. */
export function kafkaProblems({ KAFKA_CA_SECRET_NAME: ca, KAFKA_TLS: tls }: KafkaConfig): string[] {
  return ca !== undefined && !tls ? ["KAFKA_CA_SECRET_NAME needs KAFKA_TLS=true"] : [];
}

/** The name of a topic. */
export function topicName() {
  const schema = v.pipe(text(), v.regex(/^(?!\.{1,2}$)[\w.-]{1,249}$/, "must be the name of a topic"));
  return withFacts(schema, { values: "the name of a topic" });
}

/** Addresses of brokers. They must be set. */
export function brokers() {
  const schema = v.pipe(
    text(),
    v.transform((list) => list.split(",").map((part) => part.trim())),
    v.check(
      (list) => list.every((part) => /^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i.test(part)),
      "must be host:port, several separated by commas",
    ),
  );
  return withFacts(schema, { values: "host:port, several separated by commas" });
}
