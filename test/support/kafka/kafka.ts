import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { externalKafka } from "../external-services.ts";
import { copyJars, hasMaven } from "../java/maven.ts";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { waitFor } from "../wait-for.ts";
import { createTopic } from "./create-topic.ts";
import { kafkaClient } from "./topic-messages.ts";

const version = "4.3.1";
const jars = ["kafka_2.13", "kafka-tools"].map((name) => `org.apache.kafka:${name}:${version}`);

/** The programs of Kafka's distribution that the scripts in deploy/ call, with their main classes. */
const programs = {
  "kafka-storage.sh": "kafka.tools.StorageTool",
  "kafka-server-start.sh": "kafka.Kafka",
  "kafka-topics.sh": "org.apache.kafka.tools.TopicCommand",
  "kafka-configs.sh": "kafka.admin.ConfigCommand",
  "kafka-acls.sh": "org.apache.kafka.tools.AclCommand",
  "kafka-console-producer.sh": "org.apache.kafka.tools.ConsoleProducer",
};

/** Returns the folder with the jars from Maven, fetched once on a machine. */
export function kafkaJars(): Promise<string> {
  return cached(cacheFolder("kafka", version), (draft) =>
    copyJars([...jars, "org.slf4j:slf4j-simple:1.7.36"], draft),
  );
}

/** Writes scripts for these programs, for the jars in a folder and a Java. */
export function kafkaScripts(lib: string, java: string): [name: string, script: string][] {
  return Object.entries(programs).map(([name, type]) => {
    const heap = name === "kafka-server-start.sh" ? "-Xms128m -Xmx384m" : "-Xmx128m";
    const options = `${heap} -XX:+UseSerialGC -Dorg.slf4j.simpleLogger.defaultLogLevel=warn`;
    return [name, `#!/bin/sh\nexec ${java} ${options} $KAFKA_OPTS -cp '${lib}/*' ${type} "$@"\n`];
  });
}

/** Returns the folder with these scripts. */
export async function kafkaBinaries(): Promise<string> {
  const lib = await kafkaJars();
  return cached(cacheFolder("kafka", `${version}-programs`), async (draft) => {
    for (const [name, script] of kafkaScripts(lib, "java")) {
      await writeFile(join(draft, name), script);
      await chmod(join(draft, name), 0o755);
    }
  });
}

/** Whether tests have a Kafka: an external one, or Maven and Java to run their own. */
export function hasKafka(): boolean {
  return externalKafka() !== undefined || hasMaven();
}

/** A Kafka server on 127.0.0.1, run like the pod of deploy/base/kafka: by its scripts, with its configuration. */
export interface StartedKafka extends AsyncDisposable {
  /** host:port */
  brokers: string;
  /** host:port of each listener of KafkaOptions.listeners. */
  listeners: Readonly<Record<string, string>>;
  /** The data folder of an own server. */
  dataFolder?: string;
  /** Kills it by SIGKILL; its data stay. Rejects for an external Kafka. */
  kill(): Promise<void>;
  /** Restarts it after that. */
  start(): Promise<void>;
  /** Creates topics by make-topics.sh. */
  makeTopics(topics: readonly string[], partitions?: number): Promise<void>;
  /** Runs kafka-configs.sh with these arguments. Rejects for an external Kafka. */
  configure(args: readonly string[]): Promise<void>;
}

export interface KafkaOptions {
  /** Starts a server even if KAFKA_BROKERS is set: for tests that kill it or read all of its topics. */
  own?: boolean;
  /** Settings that replace or extend those of the configuration. */
  settings?: Readonly<Record<string, string>>;
  /** The protocol of the clients' listener. */
  protocol?: "PLAINTEXT" | "SASL_PLAINTEXT" | "SSL" | "SASL_SSL";
  /** Additional listeners: names in capitals, with their protocols. */
  listeners?: Readonly<Record<string, "SASL_PLAINTEXT">>;
  /** Additional arguments for `kafka-storage.sh format`, such as SCRAM users. */
  format?: readonly string[];
}

const files = join(root, "deploy", "base", "kafka");
const minute = 60_000;

/** Starts Kafka, or connects to the one of KAFKA_BROKERS. Resolves when it accepts connections. With options, it starts its own server. */
export function startKafka(options: KafkaOptions = {}): Promise<StartedKafka> {
  const external = externalKafka();
  return external !== undefined && Object.keys(options).length === 0
    ? connectToKafka(external)
    : startOwnKafka(options);
}

/** An external Kafka, which keeps running after it is disposed of. */
async function connectToKafka(brokers: string): Promise<StartedKafka> {
  const [host, port] = brokers.split(",")[0]!.split(":");
  await waitFor("the Kafka of KAFKA_BROKERS", () => takesConnections(host!, Number(port)), minute);
  const refuse = () =>
    Promise.reject(new Error("Tests neither kill nor configure the Kafka of KAFKA_BROKERS."));
  return {
    brokers,
    listeners: {},
    kill: refuse,
    start: refuse,
    configure: refuse,
    async makeTopics(topics, partitions = 3) {
      const admin = kafkaClient(brokers).admin();
      await admin.connect();
      for (const topic of topics) await createTopic(admin, topic, partitions);
      await admin.disconnect();
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function startOwnKafka({
  settings = {},
  protocol = "PLAINTEXT",
  listeners: protocols = {},
  format = [],
}: KafkaOptions): Promise<StartedKafka> {
  const binaries = await kafkaBinaries();
  const home = await mkdtemp(join(tmpdir(), "kafka-"));
  const [port, controller] = [await freePort(0), await freePort(0)];
  const brokers = `127.0.0.1:${port}`;
  const listeners: Record<string, string> = {};
  for (const name of Object.keys(protocols)) listeners[name] = `127.0.0.1:${await freePort(0)}`;
  const clients = Object.entries({ CLIENTS: brokers, ...listeners }).map(
    ([name, host]) => `${name}://${host}`,
  );
  const protocolMap = Object.entries({ CLIENTS: protocol, ...protocols, CONTROLLER: "PLAINTEXT" });
  const configFile = join(home, "server.properties");
  await mkdir(join(home, "data"));
  await writeFile(
    configFile,
    withSettings(await readFile(join(files, "server.properties"), "utf8"), {
      "controller.quorum.voters": `1@127.0.0.1:${controller}`,
      listeners: `${clients.join()},CONTROLLER://127.0.0.1:${controller}`,
      "advertised.listeners": clients.join(),
      "listener.security.protocol.map": protocolMap.map((entry) => entry.join(":")).join(),
      "inter.broker.listener.name": "CLIENTS",
      "log.dirs": join(home, "data"),
      ...settings,
    }),
  );
  const env = { PATH: [binaries, process.env.PATH].join(delimiter), HOME: home, CONFIG_FILE: configFile };
  let program: StartedProgram | undefined;
  const start = async () => {
    program = startProgram({ command: ["sh", join(files, "start-kafka.sh")], env });
    await waitForProgram("Kafka", program, () => takesConnections("127.0.0.1", port), 2 * minute);
  };
  const dispose = async () => {
    await program?.[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  };
  try {
    if (format.length > 0) await formatVolume(configFile, format, env);
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    brokers,
    listeners,
    dataFolder: join(home, "data"),
    start,
    async kill() {
      program!.signal("SIGKILL");
      await program!.ended;
    },
    async makeTopics(topics, partitions = 3) {
      await succeed("sh", [join(files, "make-topics.sh")], {
        env: { ...env, BROKERS: brokers, TOPICS: topics.join(" "), PARTITIONS: String(partitions) },
      });
    },
    async configure(args) {
      await succeed("kafka-configs.sh", ["--bootstrap-server", brokers, ...args], { env });
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Formats the volume like the first start of start-kafka.sh, with additional arguments. */
async function formatVolume(
  config: string,
  more: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const cluster = (await succeed("kafka-storage.sh", ["random-uuid"], { env })).trim();
  const args = ["format", "--cluster-id", cluster, "--config", config, ...more];
  await succeed("kafka-storage.sh", args, { env });
}

/** Whether the address accepts connections. */
export function takesConnections(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
      .on("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .on("error", () => resolve(false));
  });
}

/** Returns a Java properties file with some settings replaced or added. */
function withSettings(properties: string, settings: Readonly<Record<string, string>>): string {
  const lines = properties.split("\n").filter((line) => !(line.split("=", 1)[0]! in settings));
  return [...lines, ...Object.entries(settings).map(([name, value]) => `${name}=${value}`), ""].join("\n");
}
