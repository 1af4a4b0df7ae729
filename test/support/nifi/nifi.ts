import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { run, succeed } from "../process/command.ts";
import { isAlive } from "../process/processes.ts";
import { root } from "../repo.ts";
import { waitFor } from "../wait-for.ts";

/** The scripts that start and stop a real NiFi, which are not part of the repo. */
const scripts = join(root, "..", "shared", "nifi");
/** Separate from a NiFi that a developer runs. */
const state = process.env.NIFI_TEST_STATE || "/var/tmp/nifi-tests";
/** With an empty Maven repository on a busy machine, the first start takes two minutes. */
const timeoutMs = 300_000;

/** Whether the scripts that assemble a NiFi, and a JDK for it, are installed. */
export function hasNifi(): boolean {
  return nifiJdk() !== undefined;
}

/** The JDK for NiFi; undefined if it or the scripts that assemble NiFi are missing. */
export function nifiJdk(): string | undefined {
  if (!existsSync(join(scripts, "up"))) return undefined;
  const find = `. "${join(scripts, "lib.sh")}"; find_jdk; echo "$jdk"`;
  const { status, stdout } = spawnSync("bash", ["-c", find], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Returns the folder with NiFi's jars and NARs, assembled by `up` at the first call. */
export async function assembleNifi(): Promise<string> {
  const script = `set -euo pipefail; . lib.sh; mkdir -p -m 700 "$state"; lock
sum=$(find assemble standin -type f -exec sha256sum {} + | sort | sha256sum)
if [ "$(cat "$state/lib/assembled" 2>/dev/null || :)" != "$sum" ]; then
  ./assemble >&2
  echo "$sum" >"$state/lib/assembled"
fi`;
  await succeed("bash", ["-c", script], { cwd: scripts, env: { NIFI_STATE: state }, timeout: timeoutMs });
  return join(state, "lib");
}

/** A NiFi without a login. Disposing of it stops it. */
export interface StartedNifi extends AsyncDisposable {
  /** The value of NIFI_URL. */
  url: string;
  /** Its folder, with conf/ and logs/. */
  home: string;
  /** The current process. */
  pid(): number;
  /** Kills it by SIGKILL. */
  kill(): Promise<void>;
  /** Restarts it under the same URL, with its flows and their queues. */
  start(): Promise<void>;
}

/** Starts a NiFi with an empty canvas. */
export async function startNifi(): Promise<StartedNifi> {
  const env = { NIFI_STATE: state, NIFI_PORT: String(await freePortPair()) };
  const script = async (name: string, ...args: string[]) => {
    const { code, stderr } = await run(join(scripts, name), args, { env, timeout: timeoutMs });
    if (code !== 0) throw new Error(`${name} exited with ${code}: ${stderr}`);
  };
  await script("up", "--fresh");
  const readPid = () => Number(readFileSync(join(state, "nifi.pid"), "utf8"));
  return {
    url: `http://127.0.0.1:${env.NIFI_PORT}`,
    home: join(state, "home"),
    pid: readPid,
    async kill() {
      const pid = readPid();
      process.kill(pid, "SIGKILL");
      await waitFor("the end of NiFi", () => !isAlive(pid));
    },
    start: () => script("up"),
    [Symbol.asyncDispose]: () => script("down"),
  };
}

/** NiFi also uses the next port. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort(0);
    if ((await freePort(port + 1)) === port + 1) return port;
  }
}
