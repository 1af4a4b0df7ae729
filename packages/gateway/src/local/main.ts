import { join } from "node:path";
import { configReader } from "@platform/shared/config/config-reader";
import { ConfigError } from "@platform/shared/errors/server-errors";
import manifest from "../../package.json" with { type: "json" };
import { dashboardProblems, dashboardSettings } from "../dashboard/dashboard-settings.ts";
import { ChainError } from "../embedded/embedded-chain.ts";
import { StoreError } from "../embedded/embedded-store.ts";
import { inventedPrefix, type Replay, replayPosts } from "../embedded/replay-posts.ts";
import { type StartedPeers, startPeers } from "../embedded/start-peers.ts";
import { followBuilds, isDeveloping } from "./follow-builds.ts";
import { type StartedGateway, startGateway } from "./gateway.ts";
import { inspectedFunction } from "./inspected-function.ts";
import { OptionError, readOptions, usage } from "./options.ts";
import { readStack, StackError, type StackFunction } from "./stack.ts";

/** What ends it with a sentence. */
const expected = [OptionError, StackError, ChainError, StoreError, ConfigError];

/** `npm start`: the functions of the stack file, behind a local gateway, with embedded parts for what no setting names. */
async function main(): Promise<void> {
  const root = process.cwd();
  const options = readOptions(process.argv.slice(2), process.env, root);
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const functions = await readStack(options.stack, process.env);
  const inspected = await inspectedFunction(options.inspect, functions);
  const env = { ...process.env, SECRETS_DIR: options.secrets };
  const config = configReader(dashboardSettings, dashboardProblems)(env);
  let starting: Promise<StartedPeers> | undefined;
  let stopping: Promise<void> | undefined;
  let gateway: StartedGateway | undefined;
  let replay: Replay | undefined;

  // They may still be starting.
  const stopPeers = async () => (await starting?.catch(() => undefined))?.stop();
  // A signal may come more than once: npm and the terminal both send it.
  const stop = () => {
    stopping ??= (async () => {
      say("stopping …");
      await replay?.stop();
      await gateway?.stop();
      await stopPeers();
      process.exit(0);
    })();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  if (isDeveloping()) process.once("disconnect", stop);

  try {
    gateway = await startGateway({
      ...options,
      functions,
      templateHost: join(__dirname, "template-host.cjs"),
      publicFolder: join(__dirname, "public"),
      version: manifest.version,
      say,
      inspected,
      sourceMaps: isDeveloping(),
      peers: () => {
        starting = startPeers({ config, root, dataFolder: options.data, say });
        return starting;
      },
    });
  } catch (error) {
    await stopPeers();
    throw error;
  }
  if (stopping !== undefined) return;
  const { url, isWatched } = gateway;
  const { chainUrl, store } = (await starting) as StartedPeers;
  say(welcome(url, chainUrl, store?.file));
  if (inspected !== undefined) {
    say(`${inspected.name}: the debugger listens on 127.0.0.1:${inspected.port}`);
  }
  if (isDeveloping())
    followBuilds({ ...gateway, targets: gateway.functions, functions, stack: options.stack, say });
  // Nobody wants them in a Kafka of his own.
  if (!options.posts || store === undefined || config.KAFKA_BROKERS !== undefined) return;
  if (!functions.some(takesPosts)) return;
  replay = replayPosts({ url, isWatched, say, forget: (before) => store.forget(inventedPrefix, before) });
}

/** Is it tweet-enrich, and open to all? */
function takesPosts({ name, environment }: StackFunction): boolean {
  const { HMAC_SECRET_NAME: hmac, BEARER_SECRET_NAME: bearer } = environment;
  return name === "tweet-enrich" && !hmac && !bearer;
}

function welcome(url: string, chain: string | undefined, store: string | undefined): string {
  const set = (setting: string) => `${setting} is set`;
  return `
The gateway listens on ${url}
The dashboard is at    ${url}/ui/

  Ethereum:      ${chain === undefined ? set("GETH_RPC_ENDPOINT") : `embedded chain at ${chain}, chain id 27587`}
  Elasticsearch: ${store === undefined ? set("ELASTICSEARCH_URL") : `embedded store ${store}`}
  Kafka:         ${process.env.KAFKA_BROKERS ? set("KAFKA_BROKERS") : "off (KAFKA_BROKERS is not set)"}

Try:
  curl -d 'People are kind' ${url}/function/sentiment
  curl ${url}/function/last-block
  curl -d '{"text":"Kubernetes is easy","created_at":"Wed Oct 10 20:19:24 +0000 2018","user":{"screen_name":"ada","name":"Ada"}}' ${url}/function/tweet-enrich

Ctrl-C stops it.`;
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  const known = expected.some((kind) => error instanceof kind);
  console.error(known ? `npm start: ${(error as Error).message}` : error);
  process.exit(1);
});
