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
import { parse } from "yaml";
import { hasKubernetes, type KubernetesObject, kubectl, render } from "../support/kubernetes/kubernetes.ts";
import { run } from "../support/process/command.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const folder = join(root, "deploy", "jupyterhub");
const valuesFiles = ["values.yaml", "values-local.yaml", "values-oidc.yaml"];
const read = (file: string) => parse(readFileSync(join(folder, file), "utf8"));
const { singleuser } = read("values.yaml");

/** Every key with its value, however deep. */
function* entriesOf(value: unknown): Generator<[key: string, value: unknown]> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [key, inner];
    yield* entriesOf(inner);
  }
}

describe("deploy/jupyterhub", () => {
  it("names one version of the chart, which is that of its images", () => {
    const values = readFileSync(join(folder, "values.yaml"), "utf8");
    const readme = readFileSync(join(root, "deploy", "README.md"), "utf8");
    const [command = ""] = /helm upgrade --install jupyterhub [^`]*? -n data-lab/.exec(readme) ?? [];
    const versions = [values, command].flatMap((text) =>
      [...text.matchAll(/(?:jupyterhub |--version )(\d+\.\d+\.\d+)/g)].map(([, version]) => version),
    );
    expect(versions.length).toBeGreaterThan(1);
    const { name, tag } = singleuser.image;
    expect([...new Set(versions)]).toEqual([tag]);
    for (const { image } of singleuser.initContainers) expect(image).toBe(`${name}:${tag}`);
  });

  it.each(valuesFiles)("has no secret in %s", (file) => {
    for (const [key, value] of entriesOf(read(file)))
      if (/password|client_secret|secretToken|api_?key/i.test(key) && typeof value !== "object")
        throw new Error(`${key} has a value`);
  });

  it("lets nobody in without a file that says who, and with one never everybody without a password", () => {
    const [base, local, oidc] = valuesFiles.map((file) => read(file).hub);
    expect(base.config.JupyterHub.authenticator_class).toBe("null");
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

  it("opens the way to each service that notebooks are told of", () => {
    const open = singleuser.networkPolicy.egress.flatMap(
      (rule: { to: KubernetesObject[]; ports: { port: number }[] }) =>
        rule.to.flatMap(({ namespaceSelector }) =>
          rule.ports.map(
            ({ port }) => `${namespaceSelector.matchLabels["kubernetes.io/metadata.name"]}:${port}`,
          ),
        ),
    );
    const told = urlsOf(singleuser.extraEnv).map(
      ({ hostname, port }) => `${hostname.split(".").at(-1)}:${port}`,
    );
    expect(open.sort()).toEqual(told.sort());
  });

  it("tells each notebook of no variable that it does not read", () => {
    const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
    const sources = notebooks.map((name) => readFileSync(join(root, "notebooks", name), "utf8")).join("");
    const unread = Object.keys(singleuser.extraEnv).filter((name) => !sources.includes(name));
    expect(unread).toEqual([
      "GATEWAY_URL", // for notebooks that call functions
      "GETH_WS_ENDPOINT", // for notebooks that subscribe to blocks
    ]);
  });
});

/** The services that the environment names, by a URL or as host:port. */
function urlsOf(env: Readonly<Record<string, unknown>>): URL[] {
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

  it("is taken by an API server", async () => {
    const applied = await kubectl([
      ...["apply", "-k", folder, "--dry-run=server", "--validate=strict", "-o", "name"],
    ]);
    expect(applied.trim().split("\n").sort()).toEqual([
      "configmap/notebooks",
      "configmap/prepare-home",
      "namespace/data-lab",
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

  it("mounts volumes that there are", () => {
    const { extraVolumes } = singleuser.storage;
    for (const { configMap: source } of Object.values<KubernetesObject>(extraVolumes))
      if (source !== undefined) expect(configMap(source.name)?.metadata.namespace).toBe("data-lab");
    const [{ command, volumeMounts }] = singleuser.initContainers;
    const home = "volume-{user_server}"; // KubeSpawner's name for it
    for (const { name } of volumeMounts) expect([home, ...Object.keys(extraVolumes)]).toContain(name);
    expect(command[1]).toBe("/srv/prepare-home/prepare-home.sh");
    expect(configMap("prepare-home")?.data).toHaveProperty(["prepare-home.sh"]);
  });

  it("tells notebooks of services that there are", async () => {
    const services = (await render(join(root, "deploy", "overlays", "local"))).filter(
      ({ kind }) => kind === "Service",
    );
    const there = services.flatMap(({ metadata, spec }) =>
      spec.ports.map(({ port }: { port: number }) => `${metadata.name}.${metadata.namespace}:${port}`),
    );
    // A pod of a headless service is found below it.
    const told = urlsOf(singleuser.extraEnv).map(({ host }) => host.replace(/^nifi-0\./, ""));
    for (const host of told) expect(there).toContain(host);
  });

  it("is let in by the network policies at each port that notebooks are told of", async () => {
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
    const told = urlsOf(singleuser.extraEnv).map(({ host }) =>
      host.replace(/^nifi-0\./, "").replace(".data:", ":"),
    );
    expect(open.sort()).toEqual(told.sort());
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

    it("brings notebooks and their kernel, keeps what a user changed, and installs anew what changed", async () => {
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
