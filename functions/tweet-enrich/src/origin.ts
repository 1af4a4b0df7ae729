import { ConfigError } from "@platform/shared/errors/server-errors";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";

/** Where a call comes from, as its headers say. */
export interface Origin {
  /** The Kafka topic whose messages a connector sends; undefined when it is no connector's call. */
  topic: string | undefined;
  /** When Kafka took the message at this place of the batch. */
  timestamp(index: number): Date | undefined;
  /** When the gateway took the call, in milliseconds since 1970. */
  startTime: number | undefined;
}

/**
 * The origin of a call.
 * @throws ConfigError (500) when its messages come from a topic that the function writes to: they would go in a circle.
 */
export function originOf(request: FunctionRequest, config: Config): Origin {
  const topic = request.header("x-topic");
  const circle = (["KAFKA_TOPIC", "DEAD_LETTER_TOPIC"] as const).find((name) => config[name] === topic);
  if (topic !== undefined && config.KAFKA_BROKERS !== undefined && circle !== undefined) {
    throw new ConfigError([`${circle} must not be the topic whose messages the function is called with`]);
  }
  const timestamps = timestampsOf(request.header("x-kafka-timestamps"));
  return {
    topic,
    timestamp: (index) => timestamps[timestamps.length === 1 ? 0 : index],
    startTime: startTimeOf(request.header("x-start-time")),
  };
}

/** The year 2286; nanoseconds that somebody takes for milliseconds are beyond it. */
const latest = 1e13;

/**
 * The first in milliseconds since 1970, then how much later each one is than the one before. Kafka has -1 for a message
 * without a time.
 */
function timestampsOf(header = ""): (Date | undefined)[] {
  if (!/^-?\d{1,13}(,-?\d{1,14})*$/.test(header)) return [];
  let time = 0;
  return header.split(",").map((step) => {
    time += Number(step);
    return time >= 0 && time < latest ? new Date(time) : undefined;
  });
}

/** OpenFaaS's gateway writes nanoseconds, which a date in the index would take for milliseconds. */
function startTimeOf(header = ""): number | undefined {
  const [, milliseconds] = /^(\d{13})(\d{6})?$/.exec(header) ?? [];
  return milliseconds === undefined ? undefined : Number(milliseconds);
}
