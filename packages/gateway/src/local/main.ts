import { join } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import { buildInfo } from "@platform/shared/build-info";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { createLogger } from "@platform/shared/log/logger";
import { startTracing, stopTracing } from "@platform/shared/telemetry/start-tracing";
import manifest from "../../../../package.json" with { type: "json" };
import { CallStore } from "../embedded/call-store.ts";
import { openDataFolder, StoreError } from "../embedded/data-folder.ts";
import { ChainError } from "../embedded/embedded-chain.ts";
import type { Replay } from "../embedded/replay-posts.ts";
import { type StartedPeers, startPeers } from "../embedded/start-peers.ts";
import { checkPeers, type PeerProblems } from "./check-peers.ts";
import { followBuilds, isDeveloping } from "./follow-builds.ts";
import { type StartedGateway, startGateway } from "./gateway.ts";
import { inspectedFunction } from "./inspected-function.ts";
import { devCommand, readOptions, startCommand } from "./options.ts";
import { postSourceName, startPosts } from "./posts.ts";
import { readStack, StackError } from "./stack.ts";
import { welcome } from "./welcome.ts";

const command = isDeveloping() ? devCommand : startCommand;
/** Errors reported as one line, without a stack trace. */
const expected = [StackError, ChainError, StoreError];

/** `npm start`: runs the functions of the stack file behind a local gateway, with embedded services where none is configured. */
async function main(): Promise<void> {
  const root = process.cwd();
  const options = readOptions(readCommandLine(command).values, process.env, root);
  const log = createLogger("gateway", "info");
  startTracing({ name: "gateway", config: options.config, log: () => log });
  const functions = await readStack(options.stack, process.env);
  for (const { name, unusedKeys } of functions) {
    if (unusedKeys.length > 0) say(`${name}: the local gateway does not use ${unusedKeys.join(", ")}`);
  }
  const { config } = options;
  const inspected = await inspectedFunction(options.inspect, functions);
  const folder = await openDataFolder(options.dataFolder);
  const callStore = await CallStore.open(options.dataFolder);
  let starting: Promise<StartedPeers> | undefined;
  let stopping: Promise<void> | undefined;
  let checking: Promise<PeerProblems> | undefined;
  let gateway: StartedGateway | undefined;
  let replay: Replay | undefined;

  // The peers may still be starting.
  const stopPeers = async () => (await starting?.catch(() => undefined))?.[Symbol.asyncDispose]();
  // A signal may arrive twice, because npm and the terminal both send it.
  const stop = () => {
    stopping ??= (async () => {
      say("stopping …");
      await replay?.[Symbol.asyncDispose]();
      await gateway?.[Symbol.asyncDispose]();
      await stopPeers();
      callStore[Symbol.dispose]();
      folder[Symbol.dispose]();
      await stopTracing();
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
      callStore,
      publicFolder: join(__dirname, "public"),
      version: manifest.version,
      postSource: postSourceName(options, functions),
      log,
      say,
      inspected,
      sourceMaps: isDeveloping(),
      async peers() {
        starting = startPeers({ config, root, dataFolder: options.dataFolder, say });
        const started = await starting;
        checking = checkPeers(started.services.sources);
        return started;
      },
    });
  } catch (error) {
    await stopPeers();
    throw error;
  }
  log.info(buildInfo, "started");
  if (stopping !== undefined) return;
  const { url, isWatched, login } = gateway;
  const { chainUrl, store } = (await starting) as StartedPeers;
  const hasKafka = config.KAFKA_BROKERS !== undefined;
  const notBuilt = functions.filter(({ buildError }) => buildError !== undefined).map(({ name }) => name);
  const problems = (await checking) as PeerProblems;
  say(welcome({ url, chain: chainUrl, store: store?.file, hasKafka, login, problems, notBuilt }));
  if (inspected !== undefined) {
    say(`${inspected.name}: the debugger listens on 127.0.0.1:${inspected.port}`);
  }
  if (isDeveloping())
    followBuilds({ functions: gateway.functions, definitions: functions, stack: options.stack, say });
  replay = startPosts({ options, functions, url, isWatched, store, say });
}

function say(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) exitWithUsageError(command, error);
  if (error instanceof ConfigError) {
    for (const problem of error.problems) console.error(`${command.name}: ${problem}`);
    process.exit(1);
  }
  const known = expected.some((kind) => error instanceof kind);
  console.error(known ? `${command.name}: ${(error as Error).message}` : error);
  process.exit(1);
});
