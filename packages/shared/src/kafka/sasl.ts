import type { AuthenticationProviderArgs, KafkaConfig as KafkaJsConfig } from "kafkajs";
import { type Credentials, readCredentials } from "../auth/credentials.ts";
import type { KafkaConfig } from "./kafka-settings.ts";

/** Authenticates a connection. */
type AuthenticationProvider = (connection: AuthenticationProviderArgs) => { authenticate(): Promise<void> };

/**
 * The login of a Kafka client; undefined without a secret. Each connection reads the secret when it logs in, so a new password
 * needs no new client.
 * @throws SecretMissingError, ConfigError (500) if the secret is invalid now.
 */
export async function createSasl(config: KafkaConfig): Promise<KafkaJsConfig["sasl"]> {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_SECRET_NAME: secret, SECRETS_DIR: folder } = config;
  if (secret === undefined) return undefined;
  const reference = { folder, setting: "KAFKA_SASL_SECRET_NAME", secret };
  const [createProvider] = await Promise.all([loadProvider(mechanism), readCredentials(reference)]);
  return {
    mechanism,
    authenticationProvider: (connection) => ({
      async authenticate() {
        const credentials = await readCredentials(reference);
        await createProvider(credentials)(connection).authenticate();
      },
    }),
  };
}

/** Loads kafkajs's provider of a mechanism. A provider keeps its credentials. */
async function loadProvider(
  mechanism: KafkaConfig["KAFKA_SASL_MECHANISM"],
): Promise<(credentials: Credentials) => AuthenticationProvider> {
  switch (mechanism) {
    case "plain":
      return (await import("kafkajs/src/broker/saslAuthenticator/plain.js")).default;
    case "scram-sha-256":
      return (await import("kafkajs/src/broker/saslAuthenticator/scram256.js")).default;
    case "scram-sha-512":
      return (await import("kafkajs/src/broker/saslAuthenticator/scram512.js")).default;
  }
}
