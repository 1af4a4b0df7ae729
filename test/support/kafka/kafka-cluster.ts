import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { kafkaSecrets } from "@platform/secrets/kafka";
import { freePort } from "@platform/shared/service/free-port";
import { parse } from "yaml";
import { type CommandResult, run, succeed } from "../process/command.ts";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { kafkaBinaries, takesConnections } from "./kafka.ts";

const base = join(root, "deploy", "base", "kafka");
const cluster = join(root, "deploy", "components", "kafka-cluster");
const logins = join(root, "deploy", "components", "store-logins", "kafka");
const allowClients = join(root, "packages", "kafka-connector", "dist", "allow-clients.cjs");
const listeners = ["CLIENTS", "CONTROLLERS", "BROKERS"] as const;
/** The mount path of Secret `kafka` in the pods. */
const mountPath = "/etc/kafka-secret";
const minute = 60_000;

type Users = keyof ReturnType<typeof kafkaSecrets>["clients"];

/** Three Kafka servers on 127.0.0.1, run like the pods of components/kafka-cluster with components/store-logins. */
export interface StartedKafkaCluster extends AsyncDisposable {
  /** host:port of all servers, separated by commas. */
  brokers: string;
  /** host:port of a broker's internal listeners. */
  internal(index: number, listener: "CONTROLLERS" | "BROKERS"): string;
  /** The authority's certificate, as PEM. */
  ca: string;
  /** Settings of a client, with the secrets that it mounts. */
  settings(client: Users): Readonly<Record<string, string>>;
  /** Runs a script of components/store-logins like the pod of a server. */
  script(index: number, name: string, ...args: string[]): Promise<CommandResult>;
  /** Runs the readiness probe of a server, optionally through another one. */
  probe(index: number, target?: number): Promise<CommandResult>;
  makeTopics(topics: readonly string[]): Promise<void>;
  /** Runs the program that adds the rights of clients. */
  allowClients(): Promise<CommandResult>;
  /** Writes a user's password to the mounted Secrets, but not to Kafka. */
  replacePassword(client: Users, password: string): Promise<void>;
  /** Kills a server by SIGKILL; its data stay. */
  kill(index: number): Promise<void>;
  /** Restarts it after that. */
  start(index: number): Promise<void>;
}

/** Starts the servers with local addresses and folders instead of the pods'. Resolves when all accept connections. */
export async function startKafkaCluster(): Promise<StartedKafkaCluster> {
  const binaries = await kafkaBinaries();
  const home = await mkdtemp(join(tmpdir(), "kafka-cluster-"));
  const secret = join(home, "secret");
  const { files, clients } = kafkaSecrets(new Date());
  const manifest = files.find(({ path }) => path === "kubernetes-stores/kafka.yaml")!;
  const secretFiles: Record<string, string> = parse(manifest.text).stringData;
  await writeFolder(secret, secretFiles);
  const names = [0, 1, 2].map((index) => `kafka-${index}`);
  for (const [name, { ca, login }] of Object.entries(clients))
    await writeFolder(join(home, name), { "kafka-ca": ca, "kafka-login": login });
  const hosts = join(home, "hosts");
  await writeFile(
    hosts,
    `${names.map((name) => `127.0.0.1 ${name}.kafka.data\n`).join("")}127.0.0.1 localhost\n`,
  );

  const ports = await Promise.all(names.map(() => Promise.all(listeners.map(() => freePort(0)))));
  /** Gives each listener of each server its own port, and the folders of the test. */
  const localize = (text: string, index: number) =>
    text
      .replaceAll(mountPath, secret)
      .replaceAll(/(\d)@(kafka-\d\.kafka\.data):9093/g, (_, id, host) => `${id}@${host}:${ports[id - 1]![1]}`)
      .replaceAll(/(CLIENTS|CONTROLLERS|BROKERS):\/\/([^,\n]*?):\d+/g, (_, name, host) => {
        const advertised = name === "CLIENTS" && host !== "" ? "127.0.0.1" : host;
        return `${name}://${advertised}:${ports[index]![listeners.indexOf(name)]}`;
      })
      .replace(/^log\.dirs=.*$/m, `log.dirs=${join(home, names[index]!, "data")}`);
  const environments = await Promise.all(
    names.map(async (name, index) => {
      const folder = join(home, name);
      for (const subfolder of ["data", "tmp"]) await mkdir(join(folder, subfolder), { recursive: true });
      for (const file of ["server.properties", "logins.properties", "client.properties"]) {
        const source = join(file === "server.properties" ? cluster : logins, file);
        await writeFile(join(folder, file), localize(await readFile(source, "utf8"), index));
      }
      return {
        PATH: [binaries, process.env.PATH].join(delimiter),
        HOME: folder,
        TMPDIR: join(folder, "tmp"),
        KAFKA_OPTS: `-Djdk.net.hosts.file=${hosts} -XX:TieredStopAtLevel=1`,
        ...(await deployedEnvironment()),
        POD_NAME: name,
        NODE_NAME: `node-${index}`,
        CONFIG_FILE: join(folder, "server.properties"),
        MORE_CONFIG: join(folder, "logins.properties"),
        CLIENT_CONFIG: join(folder, "client.properties"),
        USERS_DIR: secret,
        IN_SYNC_FILE: join(folder, "in-sync"),
        BROKERS: ports.map(([port]) => `localhost:${port}`).join(),
      };
    }),
  );

  const programs: StartedProgram[] = [];
  const start = async (index: number) => {
    const command = ["sh", join(base, "start-kafka.sh")] as const;
    programs[index] = startProgram({ command, env: environments[index]! });
    const isUp = () => takesConnections("127.0.0.1", ports[index]![0]!);
    await waitForProgram(names[index]!, programs[index]!, isUp, 4 * minute);
  };
  const dispose = async () => {
    await Promise.all(programs.map((program) => program[Symbol.asyncDispose]()));
    await rm(home, { recursive: true, force: true });
  };
  try {
    await Promise.all(names.map((_, index) => start(index)));
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    brokers: ports.map(([port]) => `127.0.0.1:${port}`).join(),
    internal: (index, listener) => `127.0.0.1:${ports[index]![listeners.indexOf(listener)]}`,
    ca: secretFiles["ca.crt"]!,
    settings: (client) => ({
      KAFKA_BROKERS: ports.map(([port]) => `127.0.0.1:${port}`).join(),
      KAFKA_TLS: "true",
      KAFKA_CA_SECRET_NAME: "kafka-ca",
      KAFKA_SASL_SECRET_NAME: "kafka-login",
      SECRETS_DIR: join(home, client),
    }),
    script: (index, name, ...args) => run("sh", [join(logins, name), ...args], { env: environments[index]! }),
    probe: (index, target = index) =>
      run("sh", [join(cluster, "in-sync.sh")], {
        env: { ...environments[index]!, BROKER: `localhost:${ports[target]![0]}` },
      }),
    async makeTopics(topics) {
      const env = { ...environments[0]!, TOPICS: topics.join(" "), PARTITIONS: "3" };
      await succeed("sh", [join(base, "make-topics.sh")], { env });
    },
    allowClients: () =>
      run(process.execPath, [allowClients, join(logins, "rights.txt")], {
        env: {
          KAFKA_BROKERS: environments[0]!.BROKERS.replaceAll("localhost", "127.0.0.1"),
          KAFKA_TLS: "true",
          KAFKA_CA_SECRET_NAME: "ca.crt",
          KAFKA_SASL_SECRET_NAME: "admin-login",
          SECRETS_DIR: secret,
        },
      }),
    async replacePassword(client, password) {
      await writeFile(join(secret, `${client}.password`), password);
      await writeFile(join(home, client, "kafka-login"), `${client}:${password}`);
    },
    async kill(index) {
      programs[index]!.signal("SIGKILL");
      await programs[index]!.ended;
    },
    start,
    [Symbol.asyncDispose]: dispose,
  };
}

/** The variables of the pods with literal values that are not paths. */
async function deployedEnvironment(): Promise<Record<string, string>> {
  const { spec } = parse(await readFile(join(cluster, "kafka.yaml"), "utf8"));
  const env: { name: string; value?: string }[] = spec.template.spec.containers[0].env;
  return Object.fromEntries(
    env.flatMap(({ name, value }) => (value === undefined || value.startsWith("/") ? [] : [[name, value]])),
  );
}

async function writeFolder(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
