import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { ChainError, type StartedChain, startEmbeddedChain } from "./embedded-chain.ts";
import { startGateway } from "./gateway.ts";
import { OptionError, readOptions, usage } from "./options.ts";
import { readStack, StackError } from "./stack.ts";

/** `npm start`: the functions of the stack file, behind a local gateway, with an embedded chain if need be. */
async function main(): Promise<void> {
  const root = process.cwd();
  const options = readOptions(process.argv.slice(2), process.env, root);
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const functions = await readStack(options.stack, process.env);
  let starting: Promise<StartedChain> | undefined;
  let stopping: Promise<void> | undefined;
  let gateway: Awaited<ReturnType<typeof startGateway>> | undefined;

  // The chain may still be starting.
  const stopChain = async () => (await starting?.catch(() => undefined))?.stop();
  // A signal may come more than once: npm and the terminal both send it.
  const stop = () => {
    stopping ??= (async () => {
      say("stopping …");
      await gateway?.stop();
      await stopChain();
      process.exit(0);
    })();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);

  try {
    gateway = await startGateway({
      ...options,
      functions,
      templateHost: join(__dirname, "template-host.cjs"),
      version: manifest.version,
      say,
      peers: async () => {
        if (process.env.GETH_RPC_ENDPOINT) return process.env;
        say("starting the embedded chain (anvil); GETH_RPC_ENDPOINT would name a node instead …");
        starting = startEmbeddedChain(join(root, "packages", "gateway"));
        return { ...process.env, GETH_RPC_ENDPOINT: (await starting).url };
      },
    });
  } catch (error) {
    await stopChain();
    throw error;
  }
  if (stopping === undefined) say(welcome(gateway.url, await starting));
}

function welcome(url: string, chain: StartedChain | undefined): string {
  const peer = (setting: string, name: string) =>
    process.env[setting] ? `${name}: ${setting} is set` : `${name}: off (${setting} is not set)`;
  return `
The gateway listens on ${url}

  Ethereum: ${chain === undefined ? "GETH_RPC_ENDPOINT is set" : `embedded chain at ${chain.url}, chain id 27587`}
  ${peer("KAFKA_BROKERS", "Kafka")}
  ${peer("ELASTICSEARCH_URL", "Elasticsearch")}

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
  const expected = error instanceof OptionError || error instanceof StackError || error instanceof ChainError;
  console.error(expected ? `npm start: ${error.message}` : error);
  process.exit(1);
});
