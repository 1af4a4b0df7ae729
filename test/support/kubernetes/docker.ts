import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { succeed } from "../process/command.ts";

/** Is there a Docker engine that answers? */
export function hasDocker(): boolean {
  return spawnSync("docker", ["version"]).status === 0;
}

/** What a docker command prints, without the line end; an error with its complaint when it fails. */
export async function docker(...args: string[]): Promise<string> {
  return (await succeed("docker", args)).trimEnd();
}

export interface ContainerOptions {
  image: string;
  /** The port that it listens on. */
  port: number;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The user that runs it. */
  user?: number;
  /** A folder in memory that it may write to. */
  writable?: string;
  /** Files of this machine and where they are in the container, to read only. */
  files?: Readonly<Record<string, string>>;
  network?: StartedNetwork;
  /** Its name in that network; containers may share one, as pods do that of a headless service. */
  alias?: string;
}

/** A container that was started. */
export interface StartedContainer extends AsyncDisposable {
  url: string;
  /** Sends SIGTERM; how it ended and how long that took, in milliseconds. It is killed after ten seconds. */
  stop(): Promise<{ code: number; milliseconds: number }>;
}

/** Starts a container locked down as the pods of deploy/ are: not as root, nothing to write to, no capability. */
export async function startContainer(options: ContainerOptions): Promise<StartedContainer> {
  const { image, port, args = [], env = {}, files = {}, user = 1000, writable, network, alias } = options;
  const id = await docker(
    "run",
    "--detach",
    ...["--read-only", `--user=${user}:${user}`, "--cap-drop=ALL", "--security-opt=no-new-privileges"],
    ...["--memory=128m", `--publish=127.0.0.1::${port}`],
    ...Object.entries(env).map(([name, value]) => `--env=${name}=${value}`),
    ...Object.entries(files).map(([from, to]) => `--volume=${from}:${to}:ro`),
    ...(writable ? [`--tmpfs=${writable}`] : []),
    ...(network ? [`--network=${network.name}`] : []),
    ...(alias ? [`--network-alias=${alias}`] : []),
    image,
    ...args,
  );
  return {
    url: `http://${await docker("port", id, String(port))}`,
    async stop() {
      const begin = performance.now();
      await docker("stop", "--time=10", id);
      const milliseconds = performance.now() - begin;
      return { code: Number(await docker("inspect", "--format={{.State.ExitCode}}", id)), milliseconds };
    },
    async [Symbol.asyncDispose]() {
      await docker("rm", "--force", id);
    },
  };
}

/** A network of a test's own. */
export interface StartedNetwork extends AsyncDisposable {
  name: string;
}

/** Makes a network in which containers find each other by name. */
export async function startNetwork(): Promise<StartedNetwork> {
  const name = `test-${randomUUID()}`;
  await docker("network", "create", name);
  return {
    name,
    async [Symbol.asyncDispose]() {
      await docker("network", "rm", name);
    },
  };
}
