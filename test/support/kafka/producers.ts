import { join } from "node:path";
import { succeed } from "../process/command.ts";
import { pythonEnvironment } from "../python/python-environment.ts";
import { root } from "../repo.ts";
import { kafkaJars } from "./kafka.ts";

const folder = join(root, "test", "support", "kafka");

/** A message for librdkafka. Header values may be null, and names may repeat. */
export interface RdkafkaMessage {
  topic: string;
  value: string | Buffer | null;
  key?: string | Buffer;
  headers?: readonly (readonly [string, string | Buffer | null])[];
}

/** Input for librdkafka: messages, then transactions. */
interface RdkafkaWork {
  /** Settings of the producer. */
  config?: Readonly<Record<string, string | number>>;
  messages?: readonly RdkafkaMessage[];
  transactions?: readonly { commits: boolean; messages: readonly RdkafkaMessage[] }[];
}

/** Produces with librdkafka, like most clients that are not in Java. The first call on a machine installs it by pip. */
export async function produceWithRdkafka(brokers: string, work: RdkafkaWork): Promise<void> {
  const { config = {}, messages = [], transactions = [] } = work;
  const python = await pythonEnvironment("kafka", join(folder, "requirements.txt"));
  const input = JSON.stringify({
    config: { "bootstrap.servers": brokers, "linger.ms": 100, ...config },
    messages: messages.map(toJson),
    transactions: transactions.map((transaction) => ({
      commits: transaction.commits,
      messages: transaction.messages.map(toJson),
    })),
  });
  await succeed(python, [join(folder, "produce.py")], { input, timeout: 60_000 });
}

/** Produces lines of text with the console producer of Kafka's own distribution. */
export async function produceWithJava(
  brokers: string,
  topic: string,
  values: readonly string[],
  codec: string,
): Promise<void> {
  const args = ["--bootstrap-server", brokers, "--topic", topic, "--compression-codec", codec];
  await succeed(
    "java",
    ["-Xmx128m", "-cp", join(await kafkaJars(), "*"), "org.apache.kafka.tools.ConsoleProducer", ...args],
    { input: values.map((value) => `${value}\n`).join(""), timeout: 60_000 },
  );
}

function toJson({ topic, value, key, headers = [] }: RdkafkaMessage) {
  return {
    topic,
    value: toHex(value),
    ...(key === undefined ? {} : { key: toHex(key) }),
    headers: headers.map(([name, text]) => [name, toHex(text)]),
  };
}

function toHex(value: string | Buffer | null): string | null {
  return value === null ? null : Buffer.from(value).toString("hex");
}

/** A message as librdkafka reads it. */
export interface RdkafkaRead {
  partition: number;
  offset: number;
  /** Key, value, headers and timestamp; bytes are hexadecimal. */
  content: unknown[];
}

/** Reads the committed messages of a topic with librdkafka, partition by partition. */
export async function readWithRdkafka(brokers: string, topic: string): Promise<RdkafkaRead[]> {
  const python = await pythonEnvironment("kafka", join(folder, "requirements.txt"));
  const output = await succeed(python, [join(folder, "consume.py"), brokers, topic], { timeout: 60_000 });
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as [number, number, unknown[]])
    .map(([partition, offset, content]) => ({ partition, offset, content }))
    .sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
