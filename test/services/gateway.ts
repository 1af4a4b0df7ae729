import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./repo.ts";
import { waitFor } from "./wait-for.ts";

/** A program that ran to its end. */
export interface Ended {
  code: number | null;
  output: string;
}

/** A gateway started as a user does, on a port of its own. */
export interface StartedGateway extends AsyncDisposable {
  url: string;
  pid: number;
  /** What it printed so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
}

export interface GatewayProcessOptions {
  env?: Readonly<Record<string, string | undefined>>;
  args?: readonly string[];
  /** The program and its arguments; the built gateway when it is left out. */
  command?: readonly string[];
}

const built = [process.execPath, join(root, "packages", "gateway", "dist", "main.cjs")];

/** Starts the gateway's program; resolves at once. */
export function launchGateway({ env = {}, args = [], command = built }: GatewayProcessOptions = {}) {
  const [program, ...first] = command;
  const inherited = {
    ...process.env,
    KAFKA_BROKERS: "",
    ELASTICSEARCH_URL: "",
    GETH_RPC_ENDPOINT: "",
    PORT: "0",
  };
  const child = spawn(program!, [...first, ...args], {
    cwd: root,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  return {
    pid: child.pid!,
    output: () => output,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
  };
}

/** Starts the gateway; resolves when it listens and its functions are up. */
export async function startGateway(options: GatewayProcessOptions = {}): Promise<StartedGateway> {
  const launched = launchGateway(options);
  const url = await waitFor(
    "the gateway",
    () => {
      if (launched.hasEnded()) throw new Error(`the gateway ended:\n${launched.output()}`);
      return /listens on (http:\S+)/.exec(launched.output())?.[1];
    },
    60_000,
  );
  return {
    ...launched,
    url,
    async [Symbol.asyncDispose]() {
      launched.signal("SIGTERM");
      await launched.ended;
    },
  };
}
