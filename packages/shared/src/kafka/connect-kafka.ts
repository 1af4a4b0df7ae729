import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ISocketFactory, Kafka, KafkaConfig as KafkaJsConfig, logCreator as LogCreator } from "kafkajs";
import { readSecret } from "../auth/secret-file.ts";
import { ConfigError } from "../errors/server-errors.ts";
import type { Logger } from "../log/logger.ts";
import type { KafkaConfig } from "./kafka-settings.ts";
import { createSasl } from "./sasl.ts";

/** Options of a Kafka client. */
export interface KafkaClientOptions {
  /** The client's name in the logs of brokers. */
  clientId: string;
  config: KafkaConfig;
  /** Receives kafkajs's warnings. Unset: no log. */
  log?: Logger;
  /** Replaces the advertised addresses of all brokers. */
  address?: { host: string; port: number };
}

/**
 * Creates a Kafka client without connecting. It reads the secrets now, and the password again at each login. The first call loads
 * kafkajs, which takes longer than a function may take to start.
 * @throws SecretMissingError, ConfigError (500).
 */
export async function createKafka({ clientId, config, log, address }: KafkaClientOptions): Promise<Kafka> {
  const { KAFKA_BROKERS: brokers } = config;
  if (brokers === undefined) throw new ConfigError(["KAFKA_BROKERS is not set"]);
  const [kafkajs, ssl, sasl] = await Promise.all([import("kafkajs"), readTls(config), createSasl(config)]);
  return new kafkajs.Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 5_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
    ...(address === undefined ? {} : { socketFactory: createSocketFactory(address) }),
    logLevel: log === undefined ? kafkajs.logLevel.NOTHING : kafkajs.logLevel.WARN,
    ...(log === undefined ? {} : { logCreator: createLogCreator(log) }),
  });
}

/** Connects to the address, but verifies certificates against the advertised names. */
function createSocketFactory(address: { host: string; port: number }): ISocketFactory {
  return ({ host, ssl, onConnect }) =>
    ssl
      ? connectTls({ ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl, ...address }, onConnect)
      : connect(address, onConnect);
}

async function readTls(config: KafkaConfig): Promise<KafkaJsConfig["ssl"]> {
  const { KAFKA_TLS: tls, KAFKA_CA_SECRET_NAME: secret, SECRETS_DIR: folder } = config;
  if (!tls) return undefined;
  if (secret === undefined) return true;
  return { ca: [await readSecret({ folder, setting: "KAFKA_CA_SECRET_NAME", secret })] };
}

/** Logs kafkajs's errors as warnings, because it retries, and throws the final error. */
function createLogCreator(log: Logger): LogCreator {
  return () =>
    ({ namespace, log: { message, error, groupId } }) =>
      log.warn(
        {
          kafkajs: namespace,
          ...(groupId ? { group: groupId } : {}),
          ...(error ? { error: String(error) } : {}),
        },
        message,
      );
}
