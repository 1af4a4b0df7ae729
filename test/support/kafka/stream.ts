import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countDocuments } from "../elasticsearch/documents.ts";
import { type StartedElasticsearch, startElasticsearch } from "../elasticsearch/elasticsearch.ts";
import { stackFunctions } from "../functions/stack-functions.ts";
import { type StartedGateway, startGateway } from "../gateway/gateway.ts";
import { succeed } from "../process/command.ts";
import { createDisposables } from "../process/disposables.ts";
import { readDescendants } from "../process/processes.ts";
import { type StartedService, startService } from "../process/service.ts";
import { root } from "../repo.ts";
import { waitFor } from "../wait-for.ts";
import { type StartedKafka, startKafka } from "./kafka.ts";

/** The path of a tweet from the topic to the index: Kafka, connector, gateway, tweet-enrich, Elasticsearch. */
export interface StartedStream extends AsyncDisposable {
  kafka: StartedKafka;
  elasticsearch: StartedElasticsearch;
  gateway: StartedGateway;
  /** The current connector. */
  connector(): StartedService;
  /** Kills the connector by SIGKILL and starts another one. */
  replaceConnector(): Promise<void>;
  /** Kills the function's process by SIGKILL; the gateway restarts it. */
  killFunction(): void;
  /** Counts the documents in the indexes. */
  count(): Promise<number>;
}

export interface StreamOptions {
  /** Settings of tweet-enrich, which override those of stack.yml. */
  function?: Readonly<Record<string, string>>;
  /** Settings of all parts. */
  env?: Readonly<Record<string, string>>;
}

const topics = ["twitter", "twitter-enriched", "twitter.dead-letter"];

/** Starts all parts with templates and topics. Resolves when the connector is ready. */
export async function startStream(options: StreamOptions = {}): Promise<StartedStream> {
  const { use, dispose } = createDisposables();
  try {
    const [kafka, elasticsearch] = await Promise.all([
      startKafka({ own: true }).then(use),
      startElasticsearch({ own: true }).then(use),
    ]);
    await Promise.all([kafka.makeTopics(topics), putTemplates(elasticsearch.url)]);
    const peers = { ELASTICSEARCH_URL: elasticsearch.url, KAFKA_BROKERS: kafka.brokers };
    const gateway = use(await startEnrichGateway({ ...peers, ...options.env, ...options.function }));
    const startOne = () =>
      startConnector({ KAFKA_BROKERS: kafka.brokers, GATEWAY_URL: gateway.url, ...options.env });
    let connector = await startOne();
    use({ [Symbol.asyncDispose]: () => connector[Symbol.asyncDispose]() });
    return {
      kafka,
      elasticsearch,
      gateway,
      connector: () => connector,
      async replaceConnector() {
        connector.signal("SIGKILL");
        await connector.ended;
        connector = await startOne();
      },
      killFunction: () => process.kill(functionPid(gateway), "SIGKILL"),
      count: () => countDocuments(elasticsearch.url),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Starts the local gateway with only tweet-enrich, as in stack.yml except for these settings. */
export async function startEnrichGateway(
  settings: Readonly<Record<string, string>>,
): Promise<StartedGateway> {
  const stack = writeStack(settings);
  try {
    // With an Ethereum node there is no embedded chain.
    const env = { ...settings, STACK: stack.file, GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
    return await startGateway({ env });
  } finally {
    stack.remove();
  }
}

/** Returns the process of the gateway's only function. */
export function functionPid(gateway: StartedGateway): number {
  const child = readDescendants(gateway.pid).find(({ command }) => command.includes("template-host"));
  if (child === undefined) throw new Error("the function does not run");
  return child.pid;
}

/** Starts a connector that retries for long. Resolves when it is ready. */
export function startConnector(settings: Readonly<Record<string, string>>): Promise<StartedService> {
  return startService("kafka-connector", {
    env: { SESSION_TIMEOUT: "6s", REFRESH: "1s", RETRY_MAX_PAUSE: "1s", LOG_LEVEL: "warn", ...settings },
  });
}

/**
 * Puts the index template by the deployment's own script.
 * @param access the script's variables for TLS and a login
 */
export async function putTemplates(
  url: string,
  access: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = join(root, "deploy", "base", "elasticsearch");
  const env = { ELASTICSEARCH_URL: url, ...access };
  await succeed("sh", [join(folder, "put-templates.sh")], { cwd: folder, env });
}

/** Returns a stack file with only tweet-enrich. */
function writeStack(settings: Readonly<Record<string, string>>): { file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "stack-"));
  const file = join(folder, "stack.yml");
  const tweetEnrich = stackFunctions.find((candidate) => candidate.name === "tweet-enrich")!;
  const { name, unusedKeys: _, ...entry } = tweetEnrich;
  const environment = { ...entry.environment, LOG_LEVEL: "warn", ...settings };
  writeFileSync(file, JSON.stringify({ functions: { [name]: { ...entry, environment } } }));
  return { file, remove: () => rmSync(folder, { recursive: true }) };
}

/** Waits until the stream has this number of documents. */
export function waitForDocuments(stream: StartedStream, count: number, milliseconds: number): Promise<true> {
  return waitFor(
    `${count} documents`,
    async () => (await stream.count().catch(() => 0)) >= count,
    milliseconds,
  );
}
