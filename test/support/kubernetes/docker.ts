import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { succeed } from "../process/command.ts";

/** Whether a Docker engine answers. */
export function hasDocker(): boolean {
  return spawnSync("docker", ["version"]).status === 0;
}

/** Returns the output of a docker command without the line end. Throws its error output if it fails. */
export async function docker(...args: string[]): Promise<string> {
  return (await succeed("docker", args)).trimEnd();
}

export interface ContainerOptions {
  image: string;
  /** The port on which it listens. */
  port: number;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** The user that runs it. */
  user?: number;
  /** A writable folder in memory. */
  writable?: string;
  /** Read-only files of this machine, with their paths in the container. */
  files?: Readonly<Record<string, string>>;
  network?: StartedNetwork;
  /** Its name in that network. Containers may share one, like the pods of a headless Service. */
  alias?: string;
}

/** A started container. */
export interface StartedContainer extends AsyncDisposable {
  url: string;
  /** Sends SIGTERM, and SIGKILL after ten seconds. Returns its exit code and the duration in milliseconds. */
  stop(): Promise<{ code: number; milliseconds: number }>;
}

/** Starts a container with the restrictions of deploy/'s pods: not as root, read-only, without capabilities. */
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

/** A Docker network. */
export interface StartedNetwork extends AsyncDisposable {
  name: string;
}

/** Creates a network in which containers find each other by name. */
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
