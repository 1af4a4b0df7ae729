import { ConfigError } from "@platform/shared/errors/server-errors";
import type { FunctionRequest } from "@platform/shared/function/request";
import type { Config } from "./config.ts";

/** The origin of a call, from its headers. */
export interface Origin {
  /** The topic of the messages in a connector's call; undefined for other callers. */
  topic: string | undefined;
  /** Kafka's timestamp of the message at this index of the batch. */
  timestamp(index: number): Date | undefined;
  /** When the gateway received the call, in milliseconds since 1970. */
  startTime: number | undefined;
}

/**
 * Reads the origin of a call.
 * @throws ConfigError (500) when the messages come from a topic that the function writes to, which would be a loop.
 */
export function readOrigin(request: FunctionRequest, config: Config): Origin {
  const topic = request.header("x-topic");
  const loop = (["KAFKA_TOPIC", "DEAD_LETTER_TOPIC"] as const).find((name) => config[name] === topic);
  if (topic !== undefined && config.KAFKA_BROKERS !== undefined && loop !== undefined) {
    throw new ConfigError([`${loop} must not be the topic that triggers the function`]);
  }
  const timestamps = parseTimestamps(request.header("x-kafka-timestamps"));
  return {
    topic,
    timestamp: (index) => timestamps[timestamps.length === 1 ? 0 : index],
    startTime: parseStartTime(request.header("x-start-time")),
  };
}

/** In the year 2286. Excludes nanoseconds that a producer passes as milliseconds. */
const maxTimestamp = 1e13;

/**
 * Parses delta-encoded timestamps: the first in milliseconds since 1970, then the difference to the previous one. -1 means
 * a message without a timestamp.
 */
function parseTimestamps(header = ""): (Date | undefined)[] {
  if (!/^-?\d{1,13}(,-?\d{1,14})*$/.test(header)) return [];
  let time = 0;
  return header.split(",").map((step) => {
    time += Number(step);
    return time >= 0 && time < maxTimestamp ? new Date(time) : undefined;
  });
}

/** Accepts milliseconds and the nanoseconds of OpenFaaS's gateway; returns milliseconds. */
function parseStartTime(header = ""): number | undefined {
  const [, milliseconds] = /^(\d{13})(\d{6})?$/.exec(header) ?? [];
  return milliseconds === undefined ? undefined : Number(milliseconds);
}
