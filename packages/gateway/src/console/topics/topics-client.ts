import { lazily } from "@platform/shared/clients/lazily";
import { settlesWithin } from "@platform/shared/clients/settles-within";
import { PeerTimeoutError } from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import type { KafkaConfig } from "@platform/shared/kafka/kafka-settings";
import type { Cluster } from "@platform/shared/kafka/open-cluster";
import type { Admin, Kafka } from "kafkajs";
import { authorizationFailure, KafkaForbiddenError } from "./authorization-failure.ts";

/** The connections of the view Topics. */
export interface TopicsConnection {
  kafka: Kafka;
  admin: Admin;
  /** A cluster client whose metadata include all topics. */
  cluster: Cluster;
}

/** Opens connections to Kafka at the first request, and new ones after a failure. */
export interface TopicsClient extends AsyncDisposable {
  /** @throws PlatformError that names the setting and the brokers */
  use<T>(work: (connection: TopicsConnection) => Promise<T>): Promise<T>;
  /** A client for connections that the caller closes. */
  createKafka(): Promise<Kafka>;
  /** Converts an error of kafkajs to one that names the setting and the brokers. */
  toError(cause: unknown): PlatformError;
}

/** The time limit of a request with all its retries, in milliseconds. */
const timeLimit = 10_000;
/** The delay before failed connections close, because other requests may still use them. */
const closeAfterMs = timeLimit;

export function createTopicsClient(config: KafkaConfig & { KAFKA_BROKERS: readonly string[] }): TopicsClient {
  const open = () => createKafka({ clientId: "console", config });
  const connection = lazily(async () => connect(await open()));
  const toError = (cause: unknown) => {
    const refusal = authorizationFailure(cause);
    return refusal === undefined ? kafkaError(config, cause) : new KafkaForbiddenError({ refusal, cause });
  };

  async function close(opened: Promise<TopicsConnection> | undefined): Promise<void> {
    const last = await opened?.catch(() => undefined);
    await Promise.allSettled([last?.admin.disconnect(), last?.cluster.disconnect()]);
  }

  function closeLater(opened: Promise<TopicsConnection> | undefined): void {
    setTimeout(() => void close(opened), closeAfterMs).unref();
  }

  return {
    async use(work) {
      const opened = connection.get();
      const result = opened.then(work);
      try {
        if (await settlesWithin(timeLimit, result)) return await result;
        throw new PeerTimeoutError({ setting: "KAFKA_BROKERS", host: config.KAFKA_BROKERS.join(",") });
      } catch (error) {
        const isOurs = error instanceof PlatformError && !(error instanceof PeerTimeoutError);
        if (!isOurs && !isAnswer(error)) closeLater(connection.drop());
        throw toError(error);
      }
    },
    createKafka: open,
    toError,
    [Symbol.asyncDispose]: () => close(connection.drop()),
  };
}

async function connect(kafka: Kafka): Promise<TopicsConnection> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    // Loads kafkajs lazily, because loading it slows down the start of a gateway without Kafka.
    const { openCluster } = await import("@platform/shared/kafka/open-cluster");
    return { kafka, admin, cluster: await openCluster(kafka) };
  } catch (error) {
    await admin.disconnect();
    throw error;
  }
}

/** Whether the connection works: a broker answered with an error, or the caller hung up. */
function isAnswer(error: unknown): boolean {
  const name = (error as { name?: unknown } | null)?.name;
  return name === "KafkaJSProtocolError" || name === "AbortError";
}
