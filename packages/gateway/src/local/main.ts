import { join } from "node:path";
import { configReader } from "@platform/shared/config/config-reader";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { createLogger } from "@platform/shared/log/logger";
import manifest from "../../package.json" with { type: "json" };
import { dashboardProblems, dashboardSettings } from "../dashboard/dashboard-settings.ts";
import { ChainError } from "../embedded/embedded-chain.ts";
import { StoreError } from "../embedded/embedded-store.ts";
import { inventedPrefix, type Replay, replayPosts } from "../embedded/replay-posts.ts";
import { type StartedPeers, startPeers } from "../embedded/start-peers.ts";
import { checkPeers, type PeerProblems } from "./check-peers.ts";
import { type StartedGateway, startGateway } from "./gateway.ts";
import { OptionError, readOptions, usage } from "./options.ts";
import { readStack, StackError, type StackFunction } from "./stack.ts";
import { welcome } from "./welcome.ts";

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
  const env = { ...process.env, SECRETS_DIR: options.secrets };
  const config = configReader(dashboardSettings, dashboardProblems)(env);
  let starting: Promise<StartedPeers> | undefined;
  let stopping: Promise<void> | undefined;
  let checking: Promise<PeerProblems> | undefined;
  let gateway: StartedGateway | undefined;
  let replay: Replay | undefined;

  // They may still be starting.
  const stopPeers = async () => (await starting?.catch(() => undefined))?.[Symbol.asyncDispose]();
  // A signal may come more than once: npm and the terminal both send it.
  const stop = () => {
    stopping ??= (async () => {
      say("stopping …");
      await replay?.[Symbol.asyncDispose]();
      await gateway?.[Symbol.asyncDispose]();
      await stopPeers();
      process.exit(0);
    })();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);

  try {
    gateway = await startGateway({
      ...options,
      functions,
      templateHost: join(__dirname, "template-host.cjs"),
      publicFolder: join(__dirname, "public"),
      version: manifest.version,
      log: createLogger("gateway", "info"),
      say,
      async peers() {
        starting = startPeers({ config, root, dataFolder: options.data, say });
        const started = await starting;
        checking = checkPeers(started.sources);
        return started;
      },
    });
  } catch (error) {
    await stopPeers();
    throw error;
  }
  if (stopping !== undefined) return;
  const { url, isWatched } = gateway;
  const { chainUrl, store } = (await starting) as StartedPeers;
  const hasKafka = config.KAFKA_BROKERS !== undefined;
  const notBuilt = functions.filter(({ buildError }) => buildError !== undefined).map(({ name }) => name);
  const problems = (await checking) as PeerProblems;
  say(welcome({ url, chain: chainUrl, store: store?.file, hasKafka, problems, notBuilt }));
  // Nobody wants them in a Kafka of his own.
  if (!options.posts || store === undefined || hasKafka) return;
  if (!functions.some(takesPosts)) return;
  replay = replayPosts({ url, isWatched, say, forget: (before) => store.forget(inventedPrefix, before) });
}

/** Is it tweet-enrich, built, and open to all? */
function takesPosts({ name, environment, buildError }: StackFunction): boolean {
  const { HMAC_SECRET_NAME: hmac, BEARER_SECRET_NAME: bearer } = environment;
  return name === "tweet-enrich" && buildError === undefined && !hmac && !bearer;
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  const known = expected.some((kind) => error instanceof kind);
  console.error(known ? `npm start: ${(error as Error).message}` : error);
  process.exit(1);
});
