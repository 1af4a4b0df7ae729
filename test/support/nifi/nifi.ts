import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { run, succeed } from "../process/command.ts";
import { isAlive } from "../process/processes.ts";
import { root } from "../repo.ts";
import { waitFor } from "../wait-for.ts";

/** Starts and stops a real NiFi; not part of the repo. */
const scripts = join(root, "..", "shared", "nifi");
/** Apart from that of a NiFi which a developer has running. */
const state = process.env.NIFI_TEST_STATE || "/var/tmp/nifi-tests";
/** With an empty Maven repository on a busy machine the first start takes two minutes. */
const patience = 300_000;

/** Are the scripts there that assemble a NiFi, and a JDK that it runs on? */
export function hasNifi(): boolean {
  return nifiJdk() !== undefined;
}

/** The JDK that NiFi runs on; undefined where it or the scripts that assemble NiFi are missing. */
export function nifiJdk(): string | undefined {
  if (!existsSync(join(scripts, "up"))) return undefined;
  const find = `. "${join(scripts, "lib.sh")}"; find_jdk; echo "$jdk"`;
  const { status, stdout } = spawnSync("bash", ["-c", find], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** The folder with NiFi's jars and NARs, assembled as `up` does unless it has been. */
export async function assembledNifi(): Promise<string> {
  const script = `set -euo pipefail; . lib.sh; mkdir -p -m 700 "$state"; lock
sum=$(find assemble standin -type f -exec sha256sum {} + | sort | sha256sum)
if [ "$(cat "$state/lib/assembled" 2>/dev/null || :)" != "$sum" ]; then
  ./assemble >&2
  echo "$sum" >"$state/lib/assembled"
fi`;
  await succeed("bash", ["-c", script], { cwd: scripts, env: { NIFI_STATE: state }, timeout: patience });
  return join(state, "lib");
}

/** A NiFi without a login. Disposing of it stops it. */
export interface StartedNifi extends AsyncDisposable {
  /** What NIFI_URL wants. */
  url: string;
  /** Its folder, with conf/ and logs/. */
  home: string;
  /** The process of now. */
  pid(): number;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again under the same URL, with its flows and what they had queued. */
  start(): Promise<void>;
}

/** Starts a NiFi with an empty canvas. */
export async function startNifi(): Promise<StartedNifi> {
  const env = { NIFI_STATE: state, NIFI_PORT: String(await freePortPair()) };
  const script = async (name: string, ...args: string[]) => {
    const { code, stderr } = await run(join(scripts, name), args, { env, timeout: patience });
    if (code !== 0) throw new Error(`${name} left ${code}: ${stderr}`);
  };
  await script("up", "--fresh");
  const pidOf = () => Number(readFileSync(join(state, "nifi.pid"), "utf8"));
  return {
    url: `http://127.0.0.1:${env.NIFI_PORT}`,
    home: join(state, "home"),
    pid: pidOf,
    async kill() {
      const pid = pidOf();
      process.kill(pid, "SIGKILL");
      await waitFor("the end of NiFi", () => !isAlive(pid));
    },
    start: () => script("up"),
    [Symbol.asyncDispose]: () => script("down"),
  };
}

/** NiFi takes the port above its own, too. */
async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort(0);
    if ((await freePort(port + 1)) === port + 1) return port;
  }
}
