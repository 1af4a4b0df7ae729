import { createTopicsClient } from "./topics-client.ts";

const config = { SECRETS_DIR: "", KAFKA_TLS: false, KAFKA_SASL_MECHANISM: "plain" } as const;
const client = createTopicsClient({ ...config, KAFKA_BROKERS: ["127.0.0.1:1"] });
afterAll(() => client[Symbol.asyncDispose]());

it("names an authorization failure that kafkajs wraps", () => {
  const cause = Object.assign(new Error("refused"), { type: "TOPIC_AUTHORIZATION_FAILED" });
  expect(client.toError(new Error("no more tries", { cause })).message).toBe(
    "KAFKA_BROKERS: Kafka refuses this request of the gateway's user (TOPIC_AUTHORIZATION_FAILED); its access control lists lack a right.",
  );
});

it("names the setting and the brokers when Kafka does not answer", async () => {
  await expect(client.use(({ admin }) => admin.listTopics())).rejects.toMatchObject({
    status: 503,
    message: "KAFKA_BROKERS: 127.0.0.1:1 is out of reach or busy.",
  });
}, 20_000);
