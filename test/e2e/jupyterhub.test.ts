// needs: kubernetes-api python
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elasticsearchSecrets } from "@platform/secrets/elasticsearch";
import { kafkaSecrets } from "@platform/secrets/kafka";
import { storeSecrets } from "@platform/secrets/stores";
import { parse } from "yaml";
import { hasKubernetes, type KubernetesObject, kubectl, render } from "../support/kubernetes/kubernetes.ts";
import { run } from "../support/process/command.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const folder = join(root, "deploy", "jupyterhub");
const valuesFiles = ["values.yaml", "values-local.yaml", "values-oidc.yaml"];
const read = (file: string) => parse(readFileSync(join(folder, file), "utf8"));
const { hub, singleuser } = read("values.yaml");
const base = join(root, "deploy", "base", "jupyterhub");
/** KubeSpawner's settings of base/jupyterhub. */
const server = parse(readFileSync(join(base, "singleuser.yaml"), "utf8"));
/** The environment of notebooks, from the file that the chart and base/jupyterhub share. */
const environment = Object.fromEntries(
  readFileSync(join(root, "notebooks", "environment.env"), "utf8")
    .split("\n")
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => line.split(/=(.*)/s).slice(0, 2)),
);
/** The Secret with the access to secured stores. */
const storesSecret: { metadata: { name: string }; stringData: Record<string, string> } = parse(
  storeSecrets({
    kafka: kafkaSecrets(new Date()).clients,
    elasticsearch: elasticsearchSecrets(new Date()).clients,
  }).find(({ path }) => path === "kubernetes-data-lab-stores/notebooks.yaml")!.text,
);
const storesVariables = Object.fromEntries(
  Object.entries(storesSecret.stringData).filter(([name]) => /^[A-Z_]+$/.test(name)),
);

/** All keys with their values, at any depth. */
function* allEntries(value: unknown): Generator<[key: string, value: unknown]> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [key, inner];
    yield* allEntries(inner);
  }
}

describe("deploy/jupyterhub", () => {
  it("names one version of the chart, that of its images", () => {
    const values = readFileSync(join(folder, "values.yaml"), "utf8");
    const guide = readFileSync(join(root, "docs", "how-to", "run-notebooks.md"), "utf8");
    const [command = ""] = /helm upgrade --install jupyterhub [^`]*? -n data-lab/.exec(guide) ?? [];
    const versions = [values, command].flatMap((text) =>
      [...text.matchAll(/(?:jupyterhub |--version )(\d+\.\d+\.\d+)/g)].map(([, version]) => version),
    );
    expect(versions.length).toBeGreaterThan(1);
    const { name, tag } = singleuser.image;
    expect([...new Set(versions)]).toEqual([tag]);
    for (const { image } of singleuser.initContainers) expect(image).toBe(`${name}:${tag}`);
  });

  it.each(valuesFiles)("has no secret in %s", (file) => {
    for (const [key, value] of allEntries(read(file)))
      if (/password|client_secret|secretToken|api_?key/i.test(key) && typeof value !== "object")
        throw new Error(`${key} has a value`);
  });

  it("denies logins without a file that sets the users, and never admits everybody without a password", () => {
    const [none, local, oidc] = valuesFiles.map((file) => read(file).hub);
    expect(none.config.JupyterHub.authenticator_class).toBe("null");
    expect(local.config.JupyterHub.authenticator_class).toBe("shared-password");
    expect(local.config.SharedPasswordAuthenticator).toEqual({ allowed_users: ["lab"] });
    expect(local.extraEnv.LOGIN_PASSWORD.valueFrom.secretKeyRef).toEqual({
      name: "jupyterhub-login",
      key: "password",
    });
    expect(oidc.config.JupyterHub.authenticator_class).toBe("generic-oauth");
    expect(oidc.extraEnv.OAUTH_CLIENT_SECRET.valueFrom.secretKeyRef).toEqual({
      name: "jupyterhub-oidc",
      key: "client_secret",
    });
  });

  it("allows the connections to each service in the notebooks' environment", () => {
    const open = singleuser.networkPolicy.egress.flatMap(
      (rule: { to: KubernetesObject[]; ports: { port: number }[] }) =>
        rule.to.flatMap(({ namespaceSelector }) =>
          rule.ports.map(
            ({ port }) => `${namespaceSelector.matchLabels["kubernetes.io/metadata.name"]}:${port}`,
          ),
        ),
    );
    const addresses = serviceUrls(environment).map(
      ({ hostname, port }) => `${hostname.split(".").at(-1)}:${port}`,
    );
    expect(open.sort()).toEqual(addresses.sort());
  });

  it("sets only variables that some notebook reads", () => {
    const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
    const sources = notebooks.map((name) => readFileSync(join(root, "notebooks", name), "utf8")).join("");
    const unread = Object.keys({
      ...environment,
      ...storesVariables,
      ...singleuser.extraEnv,
    }).filter((name) => !sources.includes(name));
    expect(unread).toEqual([
      "GATEWAY_URL", // for notebooks that call functions
      "GETH_WS_ENDPOINT", // for notebooks that subscribe to blocks
    ]);
  });
});

describe("deploy/base/jupyterhub starts servers as the chart does", () => {
  it("with the same environment, by one ConfigMap and the same secrets", () => {
    expect(server.extra_container_config).toEqual(hub.config.KubeSpawner.extra_container_config);
    expect(server.environment).toEqual(singleuser.extraEnv);
  });

  it("with the optional Secret of secured stores, which takes precedence over the ConfigMap", () => {
    const { name } = storesSecret.metadata;
    expect(server.extra_container_config.envFrom).toEqual([
      { configMapRef: { name: "notebooks-environment" } },
      { secretRef: { name, optional: true } },
    ]);
    const { secret } = server.volumes.find((volume: KubernetesObject) => volume.name === "stores-ca");
    expect(secret).toMatchObject({ secretName: name, optional: true });
    const { mountPath } = server.volume_mounts.find((mount: KubernetesObject) => mount.name === "stores-ca");
    const files = secret.items.map(({ path }: { path: string }) => `${mountPath}/${path}`);
    const { KAFKA_CA_FILE, ELASTICSEARCH_CA_FILE, ELASTICSEARCH_URL } = storesVariables;
    expect([KAFKA_CA_FILE, ELASTICSEARCH_CA_FILE]).toEqual(files);
    for (const { key } of secret.items) expect(storesSecret.stringData[key]).toMatch(/^-----BEGIN CERT/);
    expect(new URL(ELASTICSEARCH_URL!).host).toBe(new URL(environment.ELASTICSEARCH_URL!).host);
  });

  it("with the same page, start timeout, processor time and memory", () => {
    const { defaultUrl, startTimeout, cpu, memory, storage } = singleuser;
    expect(server).toMatchObject({
      default_url: defaultUrl,
      start_timeout: startTimeout,
      cpu_guarantee: cpu.guarantee,
      cpu_limit: cpu.limit,
      mem_guarantee: memory.guarantee,
      mem_limit: memory.limit,
      storage_capacity: storage.capacity,
    });
  });

  it("with the same files, prepared by the same script", () => {
    const ofChart = Object.values(singleuser.storage.extraVolumes);
    expect(server.volumes).toEqual(expect.arrayContaining(ofChart));
    expect(server.volume_mounts).toEqual(
      expect.arrayContaining(Object.values(singleuser.storage.extraVolumeMounts)),
    );
    const [ours, charts] = [server.init_containers[0], singleuser.initContainers[0]];
    expect(ours.command).toEqual(charts.command);
    const mountPaths = ({ volumeMounts }: KubernetesObject) =>
      volumeMounts
        .map(({ mountPath }: { mountPath: string }) => mountPath)
        .filter((path: string) => path !== "/tmp");
    expect(mountPaths(ours)).toEqual(mountPaths(charts));
  });

  it("with the chart's settings for OpenID Connect", () => {
    const file = join(root, "deploy", "components", "jupyterhub-oidc", "oidc.yaml");
    expect(parse(readFileSync(file, "utf8"))).toEqual(
      read("values-oidc.yaml").hub.config.GenericOAuthenticator,
    );
  });
});

/** The services of the environment, by a URL or as host:port. */
function serviceUrls(env: Readonly<Record<string, unknown>>): URL[] {
  return Object.values(env)
    .filter((value): value is string => typeof value === "string" && /:\d+$/.test(value))
    .map((value) => new URL(value.includes("://") ? value : `tcp://${value}`));
}

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let objects: KubernetesObject[];
  beforeAll(async () => {
    objects = await render(folder);
    await kubectl(["apply", "-f", join(folder, "namespace.yaml")]);
  });
  const configMap = (name: string) =>
    objects.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name);

  it("is accepted by an API server", async () => {
    const applied = await kubectl([
      ...["apply", "-k", folder, "--dry-run=server", "--validate=strict", "-o", "name"],
    ]);
    expect(applied.trim().split("\n").sort()).toEqual([
      "configmap/notebooks",
      "configmap/notebooks-environment",
      "configmap/prepare-home",
      "namespace/data-lab",
    ]);
  });

  it("lets servers of base/jupyterhub reach the same ports, and nothing else in the cluster", async () => {
    const [policy] = (await render(base)).filter(
      ({ kind, metadata }) => `${kind} ${metadata.name}` === "NetworkPolicy jupyterhub-server",
    );
    const [toHub, toData, toInternet] = policy!.spec.egress;
    expect(toHub).toEqual({
      to: [{ podSelector: { matchLabels: { app: "hub" } } }],
      ports: [{ port: 8081 }],
    });
    expect([toData]).toEqual(singleuser.networkPolicy.egress);
    for (const { ipBlock } of toInternet.to) expect(ipBlock.except.length).toBeGreaterThan(2);
    expect(policy!.spec.egress).toHaveLength(3);
    expect(policy!.spec.podSelector.matchLabels).toEqual({ app: server.common_labels.app });
  });

  it("base/jupyterhub keeps every container restricted and limited, with probes and exact images", async () => {
    const deployments = (await render(base)).filter(({ kind }) => kind === "Deployment");
    expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(["hub", "proxy"]);
    for (const { metadata, spec } of deployments) {
      const { automountServiceAccountToken, containers, securityContext } = spec.template.spec;
      expect(automountServiceAccountToken).toBe(metadata.name === "hub");
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      for (const container of containers) {
        expect(container.image).toMatch(/^quay\.io\/jupyterhub\/[a-z0-9-]+:\d+\.\d+\.\d+$/);
        expect(container.resources).toMatchObject({
          limits: { cpu: expect.anything(), memory: expect.anything() },
          requests: { cpu: expect.anything(), memory: expect.anything() },
        });
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"])
          expect(container).toHaveProperty(probe);
      }
    }
    const env = deployments.find(({ metadata }) => metadata.name === "hub")?.spec.template.spec.containers[0]
      .env as { name: string; value: string }[];
    const { name, tag } = singleuser.image;
    expect(env.filter((variable) => variable.name === "SINGLEUSER_IMAGE")).toEqual([
      { name: "SINGLEUSER_IMAGE", value: `${name}:${tag}` },
    ]);
  });

  it("has every notebook in the ConfigMap that a user's pod mounts", () => {
    const files = readdirSync(join(root, "notebooks"))
      .filter((name) => name.endsWith(".ipynb") || name === "requirements.txt")
      .sort();
    expect(Object.keys(configMap("notebooks")?.data).sort()).toEqual(files);
    for (const file of files)
      expect(configMap("notebooks")?.data[file]).toBe(readFileSync(join(root, "notebooks", file), "utf8"));
  });

  it("mounts existing volumes", () => {
    const { extraVolumes } = singleuser.storage;
    for (const { configMap: source } of [...Object.values<KubernetesObject>(extraVolumes), ...server.volumes])
      if (source !== undefined) expect(configMap(source.name)?.metadata.namespace).toBe("data-lab");
    const { envFrom } = server.extra_container_config;
    expect(configMap(envFrom[0].configMapRef.name)?.data).toEqual(environment);
    const [{ command, volumeMounts }] = singleuser.initContainers;
    const home = "volume-{user_server}"; // KubeSpawner's name for it
    for (const { name } of volumeMounts) expect([home, ...Object.keys(extraVolumes)]).toContain(name);
    expect(command[1]).toBe("/srv/prepare-home/prepare-home.sh");
    expect(configMap("prepare-home")?.data).toHaveProperty(["prepare-home.sh"]);
  });

  it("points notebooks to existing services", async () => {
    const services = (await render(join(root, "deploy", "overlays", "local"))).filter(
      ({ kind }) => kind === "Service",
    );
    const existingServices = services.flatMap(({ metadata, spec }) =>
      spec.ports.map(({ port }: { port: number }) => `${metadata.name}.${metadata.namespace}:${port}`),
    );
    // A pod of a headless Service has a DNS name below it.
    const addresses = serviceUrls(environment).map(({ host }) => host.replace(/^nifi-0\./, ""));
    for (const host of addresses) expect(existingServices).toContain(host);
  });

  it("is admitted by the network policies at each port in the notebooks' environment", async () => {
    const policies = (await render(join(root, "deploy", "overlays", "production"))).filter(
      ({ kind }) => kind === "NetworkPolicy",
    );
    const isLab = (peer: KubernetesObject) =>
      peer.namespaceSelector?.matchLabels?.["kubernetes.io/metadata.name"] === "data-lab";
    const open = policies.flatMap(({ spec }) =>
      (spec.ingress ?? [])
        .filter(({ from }: { from: KubernetesObject[] }) => from.some(isLab))
        .flatMap(({ ports }: { ports: { port: number }[] }) =>
          ports.map(({ port }) => `${spec.podSelector.matchLabels.app}:${port}`),
        ),
    );
    const addresses = serviceUrls(environment).map(({ host }) =>
      host.replace(/^nifi-0\./, "").replace(".data:", ":"),
    );
    expect(open.sort()).toEqual(addresses.sort());
  });
});

requireService(PYTHON, hasPython(), () => {
  describe("prepare-home.sh", () => {
    let home: string;
    let notebooks: string;
    beforeEach(() => {
      home = mkdtempSync(join(tmpdir(), "home-"));
      notebooks = join(home, "mounted");
      mkdirSync(notebooks);
      mkdirSync(join(home, "bin"));
      writeFileSync(join(home, "bin", "python3"), `#!/bin/sh\nexec ${PYTHON} "$@"\n`, { mode: 0o755 });
      writeFileSync(join(notebooks, "one.ipynb"), "mounted");
      const pinned = readFileSync(join(root, "notebooks", "requirements.txt"), "utf8");
      writeFileSync(join(notebooks, "requirements.txt"), `${/^ipykernel==.*$/m.exec(pinned)}\n`);
    });
    afterEach(() => rmSync(home, { recursive: true }));

    const prepare = async () => {
      const { code, stdout, stderr } = await run("sh", [join(folder, "prepare-home.sh")], {
        env: { HOME: home, NOTEBOOKS: notebooks, PATH: `${join(home, "bin")}:${process.env.PATH}` },
        timeout: 240_000,
      });
      if (code !== 0) throw new Error(`${stdout}${stderr}`);
    };

    it("copies notebooks, installs their kernel, keeps a user's changes, and reinstalls after updates", async () => {
      await prepare();
      const kernel = join(home, ".local", "share", "jupyter", "kernels", "python3", "kernel.json");
      const python = join(home, ".local", "share", "notebooks-python");
      expect(JSON.parse(readFileSync(kernel, "utf8")).argv[0]).toBe(join(python, "bin", "python"));
      const copy = join(home, "notebooks", "one.ipynb");
      expect(readFileSync(copy, "utf8")).toBe("mounted");

      writeFileSync(copy, "mine");
      writeFileSync(join(notebooks, "two.ipynb"), "new");
      writeFileSync(join(python, "stays"), "");
      await prepare();
      expect(readFileSync(copy, "utf8")).toBe("mine");
      expect(readdirSync(join(home, "notebooks")).sort()).toEqual(["one.ipynb", "two.ipynb"]);
      expect(existsSync(join(python, "stays"))).toBe(true);

      const requirements = join(notebooks, "requirements.txt");
      writeFileSync(requirements, `${readFileSync(requirements, "utf8")}six\n`);
      await prepare();
      expect(existsSync(join(python, "stays"))).toBe(false);
      expect(existsSync(join(python, "made-for"))).toBe(true);
    }, 600_000);
  });
});
