import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { externalElasticsearch } from "../external-services.ts";
import type { Certificates } from "../http/certificates.ts";
import { javaHome } from "../java/java-home.ts";
import { copyArtifact, hasMaven } from "../java/maven.ts";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { waitFor } from "../wait-for.ts";

export const elasticsearchVersion = "8.19.21";

/** A build of Elasticsearch for integration tests, from Maven, downloaded once on a machine. It has no lifecycle management. */
export function elasticsearchHome(): Promise<string> {
  return cached(cacheFolder("elasticsearch", elasticsearchVersion), async (draft) => {
    const name = `elasticsearch-${elasticsearchVersion}`;
    await copyArtifact(
      `org.elasticsearch.distribution.integ-test-zip:elasticsearch:${elasticsearchVersion}:zip`,
      draft,
    );
    await succeed("unzip", ["-q", join(draft, `${name}.zip`), "-d", draft]);
    await succeed("sh", ["-c", 'mv "$0"/* "$1" && rm -r "$0" "$0.zip"', join(draft, name), draft]);
    for (const program of await readdir(join(draft, "bin"))) await chmod(join(draft, "bin", program), 0o755);
    await chmod(draft, 0o755);
  });
}

/** Whether tests have an Elasticsearch: an external one, or Maven and Java to run their own. */
export function hasElasticsearch(): boolean {
  return externalElasticsearch() !== undefined || hasMaven();
}

/** A node of its own on 127.0.0.1, unless it is external. */
export interface StartedElasticsearch extends AsyncDisposable {
  url: string;
  /** Kills it by SIGKILL; its data stay. Rejects for an external Elasticsearch. */
  kill(): Promise<void>;
  /** Restarts it after that. */
  start(): Promise<void>;
}

export interface ElasticsearchOptions {
  /** Starts a node even if ELASTICSEARCH_URL is set: for tests that kill it. */
  own?: boolean;
  /** More settings for elasticsearch.yml; undefined removes one. */
  settings?: Readonly<Record<string, string | undefined>>;
  /** Prepares the configuration folder, such as by writing files into it. */
  prepare?: (config: string) => Promise<void>;
  /** Environment variables, such as ES_JAVA_OPTS. */
  env?: Readonly<Record<string, string>>;
  /** The certificate for HTTPS. */
  certificates?: Certificates;
  /** The only users, by their names. A password has at least six characters. */
  users?: Readonly<Record<string, { password: string; role: string }>>;
}

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/**
 * Starts Elasticsearch, or connects to the one of ELASTICSEARCH_URL. Resolves when its cluster is healthy. With options, it starts a node
 * of its own.
 */
export function startElasticsearch(options: ElasticsearchOptions = {}): Promise<StartedElasticsearch> {
  const external = externalElasticsearch();
  return external !== undefined && Object.keys(options).length === 0
    ? connectToElasticsearch(external)
    : startOwnElasticsearch(options);
}

/** Connects to an Elasticsearch that must have none of the platform's indexes. Disposing of it deletes the indexes that tests created. */
async function connectToElasticsearch(url: string): Promise<StartedElasticsearch> {
  await waitFor("the Elasticsearch of ELASTICSEARCH_URL", () => isHealthy(url, undefined), 120_000);
  const existing = await platformIndexes(url);
  if (existing.length > 0) {
    throw new Error(
      `ELASTICSEARCH_URL: tests need an Elasticsearch without documents, and this one has the index ${existing[0]}. Unset ELASTICSEARCH_URL to let them start their own.`,
    );
  }
  const refuse = () => Promise.reject(new Error("Tests do not kill the Elasticsearch of ELASTICSEARCH_URL."));
  return {
    url,
    kill: refuse,
    start: refuse,
    async [Symbol.asyncDispose]() {
      for (const index of await platformIndexes(url)) await fetch(`${url}/${index}`, { method: "DELETE" });
    },
  };
}

async function platformIndexes(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/_cat/indices/sentiment-*?format=json&h=index`);
  return ((await answer.json()) as { index: string }[]).map(({ index }) => index);
}

async function startOwnElasticsearch({
  settings = {},
  env = {},
  certificates,
  users,
  prepare,
}: ElasticsearchOptions): Promise<StartedElasticsearch> {
  const home = await mkdtemp(join(tmpdir(), "elasticsearch-"));
  // The cache may be in a folder that only its owner can enter.
  const program = join(home, "program");
  await cp(await elasticsearchHome(), program, { recursive: true });
  const config = join(home, "config");
  const port = settings["http.port"] ?? String(await freePort(0));
  const url = `${certificates === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  await cp(join(program, "config"), config, { recursive: true });
  for (const folder of ["data", "logs", "tmp"]) await mkdir(join(home, folder));
  const jvm = await readFile(join(config, "jvm.options"), "utf8");
  await writeFile(join(config, "jvm.options"), jvm.replace(/^.*-Xlog:gc.*$/gm, ""));
  const yaml = {
    "network.host": "127.0.0.1",
    "http.port": port,
    "transport.port": String(await freePort(0)),
    "discovery.type": "single-node",
    "path.data": join(home, "data"),
    "path.logs": join(home, "logs"),
    "xpack.security.enabled": String(users !== undefined),
    "xpack.security.enrollment.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    ...(certificates === undefined ? {} : await tlsSettings(config, certificates)),
    ...settings,
  };
  await writeFile(
    join(config, "elasticsearch.yml"),
    Object.entries(yaml)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(""),
  );
  await prepare?.(config);
  // Elasticsearch refuses to run as root.
  if (isRoot) await succeed("chown", ["-R", `${nobody}:${nobody}`, home]);
  const pidFile = join(home, "tmp", "pid");
  const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] as const;
  const command = [join(program, "bin", "elasticsearch"), "-p", pidFile] as const;
  const nodeEnv = {
    PATH: process.env.PATH,
    HOME: home,
    ES_JAVA_HOME: await javaHome(),
    ES_PATH_CONF: config,
    ES_TMPDIR: join(home, "tmp"),
    ES_JAVA_OPTS: "-Xms512m -Xmx512m",
    ...env,
  };
  for (const [name, { password, role }] of Object.entries(users ?? {})) {
    const add = [join(program, "bin", "elasticsearch-users"), "useradd", name, "-p", password, "-r", role];
    const [executable, ...args] = [...(isRoot ? asNobody : []), ...add];
    await succeed(executable!, args, { env: nodeEnv });
  }
  let node: StartedProgram | undefined;
  const health = () => isHealthy(url, certificates?.ca);
  const start = async () => {
    node = startProgram({
      command: isRoot ? [...asNobody, ...command] : [...command],
      env: nodeEnv,
    });
    await waitForProgram("Elasticsearch", node, health, 240_000);
  };
  const kill = async () => {
    // The started program is a launcher; the node is another process.
    process.kill(Number(await readFile(pidFile, "utf8")), "SIGKILL");
    node!.signal("SIGKILL");
    await node!.ended;
    await rm(pidFile, { force: true });
  };
  const dispose = async () => {
    await node?.[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return { url, start, kill, [Symbol.asyncDispose]: dispose };
}

/** Whether the process exists, whoever owns it. */
function isHealthy(url: string, ca: string | undefined): Promise<boolean> {
  const client = ca === undefined ? http : https;
  const path = `${url}/_cluster/health?wait_for_status=yellow&timeout=1s`;
  return new Promise((resolve) => {
    client
      .get(path, { ca, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode === 200 || response.statusCode === 401);
      })
      .on("error", () => resolve(false));
  });
}

/** The settings for HTTPS; the files must be in the configuration folder. */
async function tlsSettings(config: string, { certificate, key }: Certificates) {
  await writeFile(join(config, "certificate.pem"), certificate);
  await writeFile(join(config, "key.pem"), key);
  return {
    "xpack.security.http.ssl.enabled": "true",
    "xpack.security.http.ssl.key": "key.pem",
    "xpack.security.http.ssl.certificate": "certificate.pem",
  };
}
