import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { elasticsearchSecrets } from "@platform/secrets/elasticsearch";
import { freePort } from "@platform/shared/service/free-port";
import { parse } from "yaml";
import { run, succeed } from "../process/command.ts";
import { root } from "../repo.ts";
import { type StartedElasticsearch, startElasticsearch } from "./elasticsearch.ts";

const deploy = join(root, "deploy");
const base = join(deploy, "base", "elasticsearch");
const cluster = join(deploy, "components", "elasticsearch-cluster");
const logins = join(deploy, "components", "store-logins", "elasticsearch");

/** The settings with literal values of the container `elasticsearch` in the manifests. */
function deployedSettings(): Record<string, string> {
  const settings = new Map<string, string>();
  for (const folder of [base, cluster, logins]) {
    const { spec } = parse(readFileSync(join(folder, "statefulset.yaml"), "utf8"));
    const [container] = spec.template.spec.containers as { env: EnvironmentVariable[] }[];
    for (const { name, value, $patch } of container!.env) {
      if ($patch === "delete") settings.delete(name);
      else if (/^[a-z]/.test(name) && value !== undefined) settings.set(name, value);
    }
  }
  // The build for tests lacks the module and refuses the setting.
  settings.delete("ingest.geoip.downloader.enabled");
  return Object.fromEntries(settings);
}

interface EnvironmentVariable {
  name: string;
  value?: string;
  $patch?: string;
}

/** A node, with the name `elasticsearch-N` of its pod. */
export interface ClusterNode extends StartedElasticsearch {
  name: string;
  /** Address of the transport layer. */
  transportPort: number;
  /** Replaces files of its folder config/security atomically, as the kubelet does. */
  swapFiles(files: Readonly<Record<string, string>>): void;
  /** Runs the readiness probe. */
  probe(): Promise<{ code: number | null; stderr: string }>;
}

/** Three nodes with the settings of the manifests, with TLS and users. */
export interface StartedElasticsearchCluster extends AsyncDisposable {
  nodes: readonly ClusterNode[];
  /** The authorities of the certificate and of `replacement`. */
  ca: string;
  /** The files of another certificate for the nodes; its `ca.crt` has both authorities. */
  replacement: Readonly<Record<string, string>>;
  /** user:password of a client, the administrator or the probe. */
  login(user: string): string;
  /** The Secret `elasticsearch`. */
  secret: Readonly<Record<string, string>>;
}

export interface ElasticsearchClusterOptions {
  /** A folder for snapshots that all nodes can write to. */
  snapshots: string;
}

/** Starts components/elasticsearch-cluster with components/store-logins as processes on 127.0.0.1. */
export async function startElasticsearchCluster({
  snapshots,
}: ElasticsearchClusterOptions): Promise<StartedElasticsearchCluster> {
  const now = new Date();
  const { files, clients } = elasticsearchSecrets(now);
  const readFileText = (path: string) => files.find((file) => file.path === path)!.text;
  const secret: Record<string, string> = parse(
    readFileText("kubernetes-stores/elasticsearch.yaml"),
  ).stringData;
  const loginsByUser = {
    admin: readFileText("elasticsearch/admin-login").trim(),
    probe: secret["probe-login"]!,
    ...Object.fromEntries(Object.entries(clients).map(([user, { login }]) => [user, login])),
  } as Record<string, string>;
  const replacement = makeReplacement(secret, now);
  const ca = replacement["ca.crt"]!;
  const security = { ...secret, ...readFiles(logins, ["roles.yml", "users_roles"]) };
  const names = [0, 1, 2].map((index) => `elasticsearch-${index}`);
  const ports = await Promise.all(names.map(() => freePort(0)));
  const shared = {
    ...deployedSettings(),
    "discovery.seed_hosts": ports.map((port) => `127.0.0.1:${port}`).join(),
    "discovery.type": undefined,
    "path.repo": snapshots,
  };
  const starts = names.map((name, index) =>
    startNode({
      name,
      ca,
      security,
      settings: {
        ...shared,
        "node.name": name,
        "node.attr.k8s_node_name": `machine-${index}`,
        "transport.port": String(ports[index]),
      },
    }),
  );
  const nodes: ClusterNode[] = [];
  const dispose = async () => {
    await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
  };
  const outcomes = await Promise.allSettled(starts);
  for (const outcome of outcomes) if (outcome.status === "fulfilled") nodes.push(outcome.value);
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") continue;
    await dispose();
    throw outcome.reason;
  }
  return {
    nodes,
    ca,
    replacement,
    secret,
    login: (user) => loginsByUser[user]!,
    [Symbol.asyncDispose]: dispose,
  };
}

/** Files of a certificate of another authority, and a CA file with both authorities. */
function makeReplacement(secret: Readonly<Record<string, string>>, now: Date): Record<string, string> {
  const { files } = elasticsearchSecrets(now);
  const manifest = files.find(({ path }) => path === "kubernetes-stores/elasticsearch.yaml")!;
  const { "ca.crt": ca, "tls.crt": certificate, "tls.key": key } = parse(manifest.text).stringData;
  return { "ca.crt": `${secret["ca.crt"]}${ca}`, "tls.crt": certificate, "tls.key": key };
}

/** Links files as the init container does. */
async function linkFiles(config: string): Promise<void> {
  const { spec } = parse(readFileSync(join(logins, "statefulset.yaml"), "utf8"));
  const script: string = spec.template.spec.initContainers[0].args[0];
  // The folder and its other files exist already.
  const lines = script.split("\n").filter((line) => !/^(cd|cp) /.test(line));
  await succeed("sh", ["-ec", lines.join("\n")], { cwd: config });
}

function readFiles(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** Parameters of a node's start. */
interface NodeOptions {
  name: string;
  /** Authorities that clients trust. */
  ca: string;
  /** Files of its folder config/security. */
  security: Readonly<Record<string, string>>;
  settings: Readonly<Record<string, string | undefined>>;
}

async function startNode({ name, ca, security, settings }: NodeOptions): Promise<ClusterNode> {
  const { "tls.crt": certificate, "tls.key": key } = security;
  let folder = "";
  let files = security;
  let swaps = 0;
  /** The folder of the files is a link to a link, which is replaced. */
  const writeFiles = () => {
    swaps += 1;
    const version = `..${swaps}`;
    mkdirSync(join(folder, version));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, version, file), text);
    symlinkSync(version, join(folder, "..data_tmp"));
    renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
  };
  const node = await startElasticsearch({
    certificates: { ca, certificate: certificate!, key: key! },
    settings,
    // Three nodes start concurrently, so fast compilation matters more than fast code.
    env: {
      ES_JAVA_OPTS: "-Xms256m -Xmx256m -XX:TieredStopAtLevel=1",
      CLI_JAVA_OPTS: "-XX:TieredStopAtLevel=1",
    },
    prepare: async (config) => {
      folder = join(config, "security");
      mkdirSync(folder);
      writeFiles();
      for (const file of Object.keys(files)) symlinkSync(join("..data", file), join(folder, file));
      await linkFiles(config);
    },
  });
  return {
    ...node,
    name,
    transportPort: Number(settings["transport.port"]),
    swapFiles(changed) {
      files = { ...files, ...changed };
      writeFiles();
    },
    async probe() {
      const { code, stderr } = await run("sh", [join(base, "ready.sh")], {
        env: {
          ELASTICSEARCH_URL: node.url,
          ELASTICSEARCH_CA_FILE: join(folder, "ca.crt"),
          ELASTICSEARCH_LOGIN_FILE: join(folder, "probe-login"),
          TMPDIR: folder,
        },
      });
      return { code, stderr };
    },
  };
}
