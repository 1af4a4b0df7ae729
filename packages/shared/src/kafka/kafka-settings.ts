import * as v from "valibot";
import { flag, secretName } from "../config/settings.ts";

/** How to reach Kafka: the settings of all that talk to it. */
export const kafkaSettings = {
  /** host:port, several with commas. */
  KAFKA_BROKERS: v.optional(brokers()),
  /** Talk TLS. */
  KAFKA_TLS: flag(),
  /** The secret with the certificates (PEM) that sign the brokers'; without it the system's. */
  KAFKA_CA_SECRET_NAME: secretName(),
  /** The secret with user:password. */
  KAFKA_SASL_SECRET_NAME: secretName(),
  KAFKA_SASL_MECHANISM: v.optional(
    v.picklist(mechanisms(), `must be one of ${mechanisms().join(", ")}`),
    "scram-sha-512",
  ),
};

/** What kafkaSettings become, and where the secrets are. */
export interface KafkaConfig {
  SECRETS_DIR: string;
  KAFKA_BROKERS?: readonly string[] | undefined;
  KAFKA_TLS: boolean;
  KAFKA_CA_SECRET_NAME?: string | undefined;
  KAFKA_SASL_SECRET_NAME?: string | undefined;
  KAFKA_SASL_MECHANISM: ReturnType<typeof mechanisms>[number];
}

/** What is wrong with them together. */
export function kafkaProblems({ KAFKA_CA_SECRET_NAME: ca, KAFKA_TLS: tls }: KafkaConfig): string[] {
  return ca !== undefined && !tls ? ["KAFKA_CA_SECRET_NAME needs KAFKA_TLS=true"] : [];
}

/** What `--help` says of them. */
export const kafkaUsage = `  KAFKA_BROKERS            host:port, several with commas
  KAFKA_TLS                true: talk TLS (default false)
  KAFKA_CA_SECRET_NAME     the secret with the certificates (PEM) that sign the brokers' (default: the system's)
  KAFKA_SASL_SECRET_NAME   the secret with user:password
  KAFKA_SASL_MECHANISM     ${mechanisms().join(", ")} (default scram-sha-512)`;

/** The name of a topic. */
export function topicName() {
  return v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[\w.-]{1,249}$/, "must be the name of a topic"));
}

function brokers() {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split(",").map((part) => part.trim())),
    v.check(
      (list) => list.every((part) => /^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i.test(part)),
      "must be host:port, several with commas",
    ),
  );
}

function mechanisms() {
  return ["plain", "scram-sha-256", "scram-sha-512"] as const;
}
