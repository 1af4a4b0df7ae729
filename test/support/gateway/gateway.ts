import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";

/** A gateway that was started as by a user, on its own port. */
export interface StartedGateway extends StartedProgram {
  url: string;
}

export interface GatewayProcessOptions {
  env?: Readonly<Record<string, string | undefined>>;
  args?: readonly string[];
  /** The program and its arguments; default: the built gateway. */
  command?: readonly [string, ...string[]];
  /** The working directory; default: the repo. */
  cwd?: string;
}

const built = [process.execPath, join(root, "packages", "gateway", "dist", "main.cjs")] as const;

/** Starts the gateway's program without invented posts, with its store in its own folder. Resolves at once. */
export function launchGateway({
  env = {},
  args = [],
  command = built,
  cwd = root,
}: GatewayProcessOptions = {}): StartedProgram {
  const folder = mkdtempSync(join(tmpdir(), "gateway-data-"));
  const inherited = {
    ...process.env,
    KAFKA_BROKERS: "",
    ELASTICSEARCH_URL: "",
    GETH_RPC_ENDPOINT: "",
    PORT: "0",
    DATA_DIR: folder,
    POSTS: "false",
  };
  const program = startProgram({ command: [...command, ...args], cwd, env: { ...inherited, ...env } });
  void program.ended.then(() => rmSync(folder, { recursive: true }));
  return program;
}

/** Starts the gateway. Resolves when it listens and its functions are up. */
export async function startGateway(options: GatewayProcessOptions = {}): Promise<StartedGateway> {
  const program = launchGateway(options);
  const listening = () => /listens on (http:\S+)/.exec(program.output())?.[1];
  return { ...program, url: await waitForProgram("the gateway", program, listening, 60_000) };
}
