import { FunctionRequest } from "@platform/shared/function/request";
import { readConfig } from "./config.ts";
import { readOrigin } from "./origin.ts";

const origin = (headers: Record<string, string>, env: Record<string, string> = {}) =>
  readOrigin(new FunctionRequest({ headers }), readConfig(env));

describe("readOrigin", () => {
  it("returns the timestamp of each message", () => {
    const { timestamp } = origin({ "x-kafka-timestamps": "1539202764000,0,-5,1000" });
    const times = [0, 1, 2, 3, 4].map((index) => timestamp(index)?.getTime());
    expect(times).toEqual([1539202764000, 1539202764000, 1539202763995, 1539202764995, undefined]);
  });

  it("returns the timestamp of a single message for all its tweets", () => {
    const { timestamp } = origin({ "x-kafka-timestamps": "1539202764000" });
    expect(timestamp(7)?.getTime()).toBe(1539202764000);
  });

  it.each(["", "soon", "1,,2", "1539202764000,"])("has no timestamps in %j", (header) => {
    expect(origin({ "x-kafka-timestamps": header }).timestamp(0)).toBeUndefined();
  });

  it.each([
    ["1539202764123456789", 1539202764123],
    ["1539202764123", 1539202764123],
    ["15392027641234567890", undefined],
    ["now", undefined],
  ])("reads the start time %s as %p ms", (header, expected) => {
    expect(origin({ "x-start-time": header }).startTime).toBe(expected);
  });

  it("refuses a call from a topic that the function writes to, and only that", () => {
    const brokers = { KAFKA_BROKERS: "kafka:9092" };
    const refused = expect.objectContaining({ status: 500, code: "config_invalid" });
    expect(() => origin({ "x-topic": "twitter-enriched" }, brokers)).toThrow(refused);
    const deadLetters = { ...brokers, DEAD_LETTER_TOPIC: "dead" };
    expect(() => origin({ "x-topic": "dead" }, deadLetters)).toThrow(refused);
    expect(origin({ "x-topic": "twitter" }, deadLetters).topic).toBe("twitter");
    expect(origin({ "x-topic": "twitter-enriched" }).topic).toBe("twitter-enriched");
  });
});
