// needs: kubernetes-api
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { parse, stringify } from "yaml";
import { stackFunctions } from "../support/functions/stack-functions.ts";
import { hasKubernetes, type KubernetesObject, kubectl, render } from "../support/kubernetes/kubernetes.ts";
import { awaitDefaultAccount, toPods } from "../support/kubernetes/pods.ts";
import { makeSecrets } from "../support/kubernetes/secrets.ts";
import { run } from "../support/process/command.ts";
import { proposedOverlays, writeProposedOverlay } from "../support/proposed-overlays.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

jest.setTimeout(60_000);

const deploy = join(root, "deploy");

/** The folders below deploy/ with a kustomization of this kind. */
function listFolders(kind: "Kustomization" | "Component"): string[] {
  return readdirSync(deploy, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("kustomization.yaml"))
    .filter((path) => parse(readFileSync(join(deploy, path), "utf8")).kind === kind)
    .map(dirname)
    .sort();
}

const bases = listFolders("Kustomization").filter((folder) => folder.startsWith("base/"));
/** The number of connector pods in each overlay; none where NiFi consumes topic `twitter`. */
const connectors: Readonly<Record<string, { "kafka-connector"?: number }>> = {
  "overlays/book": {},
  "overlays/local": { "kafka-connector": 1 },
  "overlays/proof-of-stake": { "kafka-connector": 1 },
  "overlays/production": { "kafka-connector": 2 },
  "overlays/provider": { "kafka-connector": 1 },
};
const overlays = listFolders("Kustomization").filter(
  // deploy-operators.test.ts tests that overlay, because it needs the operators' definitions.
  (folder) => folder.startsWith("overlays/") && folder !== "overlays/operators",
);
const proposed = proposedOverlays();
const clusterScoped = ["ClusterRole", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

/** The tests cannot fetch the chart, so they check only the form of its values. */
describe("deploy/openfaas/values.yaml", () => {
  const text = readFileSync(join(deploy, "openfaas", "values.yaml"), "utf8");
  const values = parse(text);

  it("installs the parts of the book", () => {
    expect(values).toMatchObject({
      functionNamespace: "data",
      exposeServices: false,
      generateBasicAuth: true,
      ingress: { enabled: true },
    });
  });

  it("names the version of the chart that docs/how-to/use-openfaas.md installs", () => {
    const command = /helm upgrade --install apk8s-data-openfaas openfaas [^`]*?-n data /.exec(
      readFileSync(join(root, "docs", "how-to", "use-openfaas.md"), "utf8"),
    );
    const version = /--version (\S+)/.exec(command?.[0] ?? "")?.[1];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(text).toContain(`openfaas ${version} `);
  });

  it("routes its ingress to the gateway, and uses no host of components/ingress", () => {
    const [{ host, http }] = values.ingress.hosts;
    expect(http.paths[0].backend.service).toEqual({ name: "gateway", port: { number: 8080 } });
    const hosts = parse(readFileSync(join(deploy, "components", "ingress", "hosts.yaml"), "utf8"));
    expect(Object.values(hosts.data)).not.toContain(host);
  });

  it("waits longer for a function than the function's own time limit", () => {
    const seconds = (time: string) => Number(/^(\d+)s$/.exec(time)?.[1]);
    const longest = Math.max(...stackFunctions.map(({ environment }) => seconds(environment.write_timeout!)));
    const { upstreamTimeout, readTimeout, writeTimeout } = values.gateway;
    expect(seconds(upstreamTimeout)).toBeGreaterThan(longest);
    for (const time of [readTimeout, writeTimeout])
      expect(seconds(time)).toBeGreaterThan(seconds(upstreamTimeout));
  });
});

const strict = ["--dry-run=server", "--validate=strict", "--warnings-as-errors", "-o", "name"];
/** Asks the API server to create objects as a dry run. */
const tryCreate = (objects: readonly object[]) =>
  run("kubectl", ["create", "-f", "-", ...strict], {
    input: objects.map((object) => `---\n${stringify(object)}`).join(""),
  });

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  beforeAll(async () => {
    await kubectl(["apply", "-k", join(deploy, "base", "namespace")]);
    await kubectl(["apply", "-f", join(deploy, "base", "traefik", "namespace.yaml")]);
    await awaitDefaultAccount("data");
    await kubectl(["apply", "-f", join(deploy, "jupyterhub", "namespace.yaml")]);
    await kubectl([
      "label",
      "namespace",
      "data-lab",
      "pod-security.kubernetes.io/warn=restricted",
      "--overwrite",
    ]);
  });

  describe("an API server accepts", () => {
    it.each([...bases, ...overlays])(
      "deploy/%s without a warning: its pods are restricted",
      async (folder) => {
        const applied = await kubectl(["apply", "-k", join(deploy, folder), ...strict]);
        const names = (await render(join(deploy, folder))).map(({ metadata }) => metadata.name);
        expect(applied.trim().split("\n")).toHaveLength(names.length);
      },
    );

    it.each([...overlays, "jobs/dead-letters"])(
      "every pod of deploy/%s in a namespace that enforces the Pod Security Standard",
      async (folder) => {
        const pods = toPods(await render(join(deploy, folder)));
        expect(await tryCreate(pods)).toMatchObject({
          code: 0,
          stderr: "",
          stdout: pods.map(({ metadata }) => `pod/${metadata.name}\n`).join(""),
        });
      },
    );

    it("no pod with more rights there", async () => {
      const [pod] = toPods(await render(join(deploy, "base", "gateway")));
      const { securityContext, ...container } = pod!.spec.containers[0];
      const withContainer = (changed: object) => ({ ...pod, spec: { ...pod!.spec, containers: [changed] } });
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false });
      for (const [changed, reason] of [
        [container, /unrestricted capabilities/],
        [
          { ...container, securityContext: { ...securityContext, allowPrivilegeEscalation: true } },
          /allowPr/,
        ],
        [{ ...container, securityContext: { ...securityContext, runAsUser: 0 } }, /runAsUser=0/],
      ] as const) {
        const { code, stderr } = await tryCreate([withContainer(changed)]);
        expect(code).toBe(1);
        expect(stderr).toMatch(/forbidden: violates PodSecurity "restricted:v1\.30"/);
        expect(stderr).toMatch(reason);
      }
    });

    it("the objects of npm run secrets", async () => {
      const folder = mkdtempSync(join(tmpdir(), "secrets-"));
      try {
        await makeSecrets(folder);
        const applied = await kubectl(["apply", "-f", join(folder, "kubernetes"), ...strict]);
        expect(applied.trim().split("\n").sort()).toEqual([
          "configmap/eth-geth",
          "secret/eth-ethstats",
          "secret/eth-geth-engine",
          "secret/eth-geth-miner",
          "secret/eth-geth-validators",
          "secret/function-function-token",
          "secret/function-hmac-key",
          "secret/nifi",
          "secret/sysop-basic-auth",
        ]);
        const gateway = await kubectl(["apply", "-f", join(folder, "kubernetes-gateway"), ...strict]);
        expect(gateway.trim()).toBe("secret/basic-auth");
        const lab = await kubectl([
          ...["apply", "-f", join(folder, "kubernetes-data-lab")],
          ...["-f", join(folder, "kubernetes-data-lab-stores"), ...strict],
        ]);
        expect(lab.trim().split("\n").sort()).toEqual([
          "secret/jupyterhub",
          "secret/jupyterhub-login",
          "secret/nifi-login",
          "secret/notebooks-stores",
        ]);
        const notebooks = parse(
          readFileSync(join(folder, "kubernetes-data-lab-stores", "notebooks.yaml"), "utf8"),
        );
        expect(Object.keys(notebooks.stringData).sort()).toEqual([
          "ELASTICSEARCH_CA_FILE",
          "ELASTICSEARCH_PASSWORD",
          "ELASTICSEARCH_URL",
          "ELASTICSEARCH_USERNAME",
          "KAFKA_CA_FILE",
          "KAFKA_SASL_PASSWORD",
          "KAFKA_SASL_USERNAME",
          "KAFKA_TLS",
          "elasticsearch-ca",
          "kafka-ca",
        ]);
        const stores = await kubectl(["apply", "-f", join(folder, "kubernetes-stores"), ...strict]);
        const production = JSON.stringify(await render(join(deploy, "overlays", "production")));
        const mounted = ["kafka", "elasticsearch", ...(production.match(/[a-z-]+-stores(?=")/g) ?? [])];
        expect(mounted).toContain("gateway-stores");
        expect(stores.trim().split("\n")).toEqual(
          expect.arrayContaining(mounted.map((name) => `secret/${name}`)),
        );
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  describe("the overlays that deploy/README.md and the guides propose", () => {
    const findProposed = (part: string) => proposed.find((yaml) => yaml.includes(part))!;
    const registry = findProposed("registry.example.com");
    const provider = findProposed("components/provider");
    const managed = findProposed("kafka.example.com");
    /** The objects of such an overlay, if an API server accepts them. */
    const renderOverlay = async (yaml: string) => {
      using overlay = writeProposedOverlay(yaml);
      await kubectl(["apply", "-k", overlay.folder, ...strict]);
      return await render(overlay.folder);
    };

    it("pull all of our images from a registry", async () => {
      const text = JSON.stringify(await renderOverlay(registry));
      const ours = [...text.matchAll(/"image":"([^"]+\/)[^"/]+:0\.1\.0"/g)].map(([, prefix]) => prefix);
      expect(new Set(ours)).toEqual(new Set(["registry.example.com/me/"]));
    });

    it("let the gateway deploy functions, in namespaces that it creates", async () => {
      const objects = await renderOverlay(provider);
      const gateway = objects.find(
        ({ kind, metadata }) => kind === "Deployment" && metadata.name === "gateway",
      );
      const env = gateway?.spec.template.spec.containers[0].env as { name: string; value: string }[];
      expect(env.filter(({ name }) => name === "READ_ONLY")).toEqual([{ name: "READ_ONLY", value: "false" }]);
    });

    it("let Traefik serve JupyterHub as it serves namespace data", async () => {
      const objects = await renderOverlay(findProposed("components/jupyterhub-oidc"));
      const find = (kind: string, name: string) =>
        objects.find((object) => object.kind === kind && object.metadata.name === name)!;
      expect(find("Namespace", "data-lab").metadata.labels).toMatchObject({
        ingress: "traefik",
        "pod-security.kubernetes.io/enforce": "restricted",
      });
      const ofData = (await render(join(deploy, "base", "traefik"))).find(
        (object) => object.kind === "RoleBinding" && object.metadata.namespace === "data",
      )!;
      const { metadata, roleRef, subjects } = find("RoleBinding", "traefik");
      expect(metadata.namespace).toBe("data-lab");
      expect({ roleRef, subjects }).toEqual({ roleRef: ofData.roleRef, subjects: ofData.subjects });
      // Network policies refer to the ports of pods.
      const [path] = find("Ingress", "jupyterhub").spec.rules[0].http.paths;
      const service = find("Service", path.backend.service.name);
      const [{ targetPort }] = service.spec.ports.filter(
        ({ name }: { name: string }) => name === path.backend.service.port.name,
      );
      const { labels } = find("Deployment", "proxy").spec.template.metadata;
      expect(labels).toMatchObject(service.spec.selector);
      const [container] = find("Deployment", "proxy").spec.template.spec.containers;
      const { containerPort } = container.ports.find(({ name }: { name: string }) => name === targetPort);
      const policy = find("NetworkPolicy", "proxy").spec;
      expect(labels).toMatchObject(policy.podSelector.matchLabels);
      expect(JSON.stringify(policy.ingress[0].from)).toContain('"traefik"');
      expect(policy.ingress[0].ports).toEqual([{ port: containerPort }]);
      const solver = parse(readFileSync(join(deploy, "components", "network-policies", "acme.yaml"), "utf8"));
      expect(find("NetworkPolicy", "acme-solver").spec).toEqual(solver.spec);
    });

    it("use managed Kafka and Elasticsearch", async () => {
      const objects = await renderOverlay(managed);
      const ours = objects.filter(
        ({ kind, metadata }) => kind !== "NetworkPolicy" && /^(kafka|elasticsearch)$/.test(metadata.name),
      );
      expect(ours).toEqual([]);
      const changed = objects.filter(({ metadata }) =>
        /^(kafka-connector|gateway|tweet-enrich)$/.test(metadata.name),
      );
      const stores = changed
        .filter(({ kind }) => kind === "Deployment")
        .map(({ spec }) => spec.template.spec.containers[0].env as { name: string; value: string }[]);
      expect(stores).toHaveLength(3);
      for (const env of stores) {
        const brokers = env.filter(({ name }) => name === "KAFKA_BROKERS");
        expect(brokers).toEqual([{ name: "KAFKA_BROKERS", value: "kafka.example.com:9093" }]);
      }
    });

    it("let only the clients of managed Kafka and Elasticsearch reach public addresses at their ports", async () => {
      const objects = await renderOverlay(managed);
      const stores = {
        kafka: {
          apps: ["gateway", "kafka-connector", "nifi", "tweet-enrich"],
          ports: [{ port: 9092, endPort: 9098 }],
        },
        elasticsearch: {
          apps: ["gateway", "nifi", "tweet-enrich"],
          ports: [{ port: 443 }, { port: 9200 }, { port: 9243 }],
        },
      };
      for (const [store, { apps, ports }] of Object.entries(stores)) {
        const policies = storePolicies(objects, store);
        expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
          `managed-${store}`,
          `managed-${store}-client`,
        ]);
        expect(selectedApps(objects, policies)).toEqual(apps);
        for (const { spec } of policies) {
          expect(spec.policyTypes).toEqual(["Egress"]);
          expect(spec.egress).toEqual([{ to: publicAddresses(), ports }]);
        }
      }
    });

    it("narrow these policies to an operator's own addresses by the patches of the guide", async () => {
      const guide = join(root, "docs", "how-to", "use-managed-kafka-and-elasticsearch.md");
      const [, patches] = /^```yaml\npatches:\n {2}# .*\n( {2}- target:[\s\S]+?)^```/m.exec(
        readFileSync(guide, "utf8"),
      )!;
      const objects = await renderOverlay(managed + patches);
      const rules = ["kafka", "elasticsearch"].map((store) =>
        storePolicies(objects, store).map(({ spec }) => spec.egress),
      );
      const to = (cidr: string, port: number) => [{ to: [{ ipBlock: { cidr } }], ports: [{ port }] }];
      const [kafka, elasticsearch] = [to("10.20.30.0/28", 9093), to("10.20.30.16/28", 443)];
      expect(rules).toEqual([
        [kafka, kafka],
        [elasticsearch, elasticsearch],
      ]);
    });
  });

  it("the component for traces gives the collector's address to the gateway, the connector and each function", async () => {
    using overlay = writeProposedOverlay(proposed.find((yaml) => yaml.includes("/tracing"))!);
    const objects = await render(overlay.folder);
    const [map] = objects.filter(
      ({ kind, metadata }) => `${kind} ${metadata.labels?.app}` === "ConfigMap tracing",
    );
    const traced = objects.filter(
      ({ kind, spec }) => kind === "Deployment" && spec.template.spec.containers[0].envFrom !== undefined,
    );
    expect(traced.map(({ metadata }) => metadata.name).sort()).toEqual(
      [...stackFunctions.map(({ name }) => name), "gateway", "kafka-connector"].sort(),
    );
    for (const { spec } of traced) {
      expect(spec.template.spec.containers[0].envFrom).toEqual([
        { configMapRef: { name: map!.metadata.name } },
      ]);
    }
    await kubectl(["apply", "-k", overlay.folder, ...strict]);
  });

  it("the component for live posts has one writer, which reaches only Kafka and public addresses", async () => {
    using overlay = writeProposedOverlay(proposed.find((yaml) => yaml.includes("components/feeds"))!);
    const objects = (await render(overlay.folder)).filter(({ metadata }) => metadata.name === "feeds");
    const [policy, deployment] = ["NetworkPolicy", "Deployment"].map(
      (wanted) => objects.find(({ kind }) => kind === wanted)?.spec,
    );
    expect(deployment).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
    expect(deployment.template.spec.containers[0].image).toMatch(/^serverless-data-platform\/feeds:/);
    expect(policy.egress).toEqual([
      { to: [{ podSelector: { matchLabels: { app: "kafka" } } }], ports: [{ port: 9092 }] },
      { to: publicAddresses(), ports: [{ port: 443 }] },
    ]);
    await kubectl(["apply", "-k", overlay.folder, ...strict]);
  });

  it("images.txt lists each image that an overlay, a job or deploy/monitoring runs", async () => {
    const lines = readFileSync(join(deploy, "images.txt"), "utf8").trim().split("\n");
    const listed = lines.filter((line) => !line.startsWith("#")).map((line) => line.split(" ")[0]);
    const folders = [...overlays, "jobs/dead-letters", "monitoring"];
    const rendered = await Promise.all(folders.map((folder) => render(join(deploy, folder))));
    for (const { spec } of toPods(rendered.flat())) {
      for (const { image } of [...(spec.initContainers ?? []), ...spec.containers])
        expect(listed).toContain(image);
    }
  });

  it("each component is listed by an overlay, a base, a component, or an overlay that a page proposes", () => {
    const listComponents = (yaml: string, folder: string): string[] =>
      (parse(yaml).components ?? []).map((path: string) => relative(deploy, join(deploy, folder, path)));
    const used = [...bases, ...overlays, ...listFolders("Component")].flatMap((folder) =>
      listComponents(readFileSync(join(deploy, folder, "kustomization.yaml"), "utf8"), folder),
    );
    for (const yaml of proposed) used.push(...listComponents(yaml, "overlays/proposed"));
    expect([...new Set(used)].sort()).toEqual(listFolders("Component"));
  });

  it("the gateway may not give a function the name of a part of the platform", async () => {
    const folders = [...overlays, "base/feeds"];
    const rendered = await Promise.all(folders.map((folder) => render(join(deploy, folder))));
    const parts = rendered.flat().flatMap(({ kind, metadata, spec }) => {
      const isFunction = metadata.labels?.["app.kubernetes.io/component"] === "function";
      const names = [metadata.name, spec?.template?.metadata.labels.app ?? metadata.name];
      return /^(Deployment|StatefulSet|Job|CronJob|Service)$/.test(kind) && !isFunction ? names : [];
    });
    const [policy] = rendered
      .flat()
      .filter(
        ({ kind, metadata }) => `${kind} ${metadata.name}` === "ValidatingAdmissionPolicy gateway-owner",
      );
    const { expression } = policy!.spec.variables[0];
    expect([...new Set(parts)].sort()).toEqual(JSON.parse(expression.replaceAll("'", '"')));
  });

  it("only overlays/book admits pods that break the Pod Security Standard: those of OpenFaaS's chart", async () => {
    const enforced = async (overlay: string) => {
      const namespace = (await render(join(deploy, overlay))).find(({ kind }) => kind === "Namespace");
      const level = (mode: string) => namespace?.metadata.labels?.[`pod-security.kubernetes.io/${mode}`];
      expect([overlay, level("warn"), level("audit")]).toEqual([overlay, "restricted", "restricted"]);
      return level("enforce") === "restricted" ? [overlay] : [];
    };
    expect((await Promise.all(overlays.map(enforced))).flat()).toEqual(
      overlays.filter((overlay) => overlay !== "overlays/book"),
    );
  });

  describe.each(overlays)("deploy/%s", (overlay) => {
    let objects: KubernetesObject[];
    beforeAll(async () => {
      objects = await render(join(deploy, overlay));
    });
    const workloads = () => objects.filter(({ kind }) => ["Deployment", "StatefulSet"].includes(kind));
    const jobs = () => objects.filter(({ kind }) => kind === "Job");
    const cronJobs = () =>
      objects
        .filter(({ kind }) => kind === "CronJob")
        .map(({ metadata, spec }) => ({ metadata, spec: spec.jobTemplate.spec }));
    const find = (kind: string, name: string) =>
      objects.find((object) => object.kind === kind && object.metadata.name === name);

    it("labels all objects, and keeps them in namespace data", () => {
      for (const { kind, metadata, spec } of objects.filter((object) => object.kind !== "Namespace")) {
        const expected = clusterScoped.includes(kind) ? undefined : "data";
        expect([kind, metadata.name, metadata.namespace]).toEqual([kind, metadata.name, expected]);
        if (kind === "ConfigMap") continue;
        const labels = { app: metadata.name, "app.kubernetes.io/part-of": "serverless-data-platform" };
        expect(metadata.labels).toMatchObject(labels);
        if (spec?.template !== undefined) expect(spec.template.metadata.labels).toMatchObject(labels);
      }
    });

    it("gives every container exact images, requests, limits, and only the rights that it needs", () => {
      for (const { metadata, spec } of [...workloads(), ...jobs(), ...cronJobs()]) {
        const {
          initContainers = [],
          containers,
          securityContext,
          automountServiceAccountToken,
        } = spec.template.spec;
        expect(securityContext).toMatchObject({
          runAsNonRoot: true,
          seccompProfile: { type: "RuntimeDefault" },
        });
        // NiFi elects its leaders by leases; the gateway discovers functions by their Deployments; the job creates a ConfigMap.
        expect([metadata.name, automountServiceAccountToken]).toEqual([
          metadata.name,
          ["nifi", "gateway", "eth-genesis"].includes(metadata.name),
        ]);
        for (const container of [...initContainers, ...containers]) {
          const name = `${metadata.name}/${container.name}`;
          expect(`${name}: ${container.image}`).toMatch(/: \S+\/\S+:[a-z-]*v?\d+\.\d+\.\d+$/);
          expect({ name, ...container.resources }).toMatchObject({
            limits: { cpu: expect.anything(), memory: expect.anything() },
            requests: { cpu: expect.anything(), memory: expect.anything() },
          });
          expect({ name, ...container.securityContext }).toMatchObject({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ["ALL"] },
          });
        }
      }
    });

    it("has probes for every container that serves", () => {
      for (const { metadata, spec } of workloads()) {
        for (const container of spec.template.spec.containers) {
          const probes = ["startupProbe", "readinessProbe", "livenessProbe"].filter(
            (probe) => probe in container,
          );
          // The boot node speaks only UDP; the server beside it has a probe. A validator client does not listen.
          const expected = ["bootnode", "validator"].includes(container.name) ? 0 : 3;
          expect([metadata.name, container.name, probes.length]).toEqual([
            metadata.name,
            container.name,
            expected,
          ]);
        }
      }
    });

    it("has a headless Service for each StatefulSet, which selects only its pods", () => {
      for (const { metadata, spec } of objects.filter(({ kind }) => kind === "StatefulSet")) {
        const service = find("Service", spec.serviceName)?.spec;
        expect([metadata.name, service?.clusterIP]).toEqual([metadata.name, "None"]);
        expect(service.selector).toEqual(spec.selector.matchLabels);
        expect(spec.template.metadata.labels).toMatchObject(service.selector);
      }
    });

    it("lets drains evict pods that are not ready", () => {
      for (const { metadata, spec } of objects.filter(({ kind }) => kind === "PodDisruptionBudget")) {
        expect([metadata.name, spec.unhealthyPodEvictionPolicy]).toEqual([metadata.name, "AlwaysAllow"]);
      }
    });

    it("has the names and ports of the book", () => {
      const ports = (name: string) =>
        find("Service", name)?.spec.ports.map((port: Record<string, unknown>) =>
          [port.name, port.port, port.targetPort, port.protocol]
            .filter((part) => part !== undefined)
            .join(" "),
        );
      expect(ports("eth-bootnode")).toEqual(["discovery 30301 UDP", "http 8080"]);
      expect(find("Service", "eth-bootnode")?.spec.clusterIP).toBe("None");
      expect(ports("eth-bootnode-registrar")).toEqual(["http 80 9898"]);
      expect(ports("eth-ethstats")).toEqual(["http 8080 http"]);
      expect(ports("eth-geth-tx")).toEqual(["rpc 8545", "ws 8546"]);
      expect(ports("elasticsearch")).toEqual(["http 9200"]);
      expect(ports("elasticsearch-nodes")).toEqual(["transport 9300"]);
      expect(ports("kafka")).toEqual(["kafka 9092"]);
      expect(ports("nifi")).toEqual(["web 8443", "cluster 6007", "load-balance 6342"]);
      expect(ports("nifi-listen")).toEqual(["twitter-sentiment 9980", "tweet-enrich 9981"]);
      expect(find("Service", "nifi")?.spec).toMatchObject({
        clusterIP: "None",
        publishNotReadyAddresses: true,
      });
      const replicas = Object.fromEntries(
        workloads().map(({ metadata, spec }) => [metadata.name, spec.replicas]),
      );
      expect(replicas).toMatchObject({
        "eth-bootnode": 2,
        "eth-bootnode-registrar": overlay === "overlays/production" ? 2 : 1,
        "eth-ethstats": 1,
        "eth-geth-miner": 3,
        "eth-geth-tx": 2,
        elasticsearch: overlay === "overlays/production" ? 3 : 1,
        kafka: overlay === "overlays/production" ? 3 : 1,
        ...connectors[overlay],
        nifi: ["overlays/book", "overlays/production"].includes(overlay) ? 2 : 1,
      });
    });

    it("has one consumer of topic twitter: the connector, or NiFi where there is none", () => {
      const names = workloads().map(({ metadata }) => metadata.name);
      expect(names.includes("kafka-connector")).toBe("kafka-connector" in connectors[overlay]!);
      const routes = workloads().flatMap(({ metadata, spec }) =>
        spec.template.metadata.annotations?.topic === "twitter" ? [metadata.name] : [],
      );
      const hasFunctions = names.includes("tweet-enrich");
      expect(hasFunctions).toBe(!["overlays/book", "overlays/provider"].includes(overlay));
      expect(routes).toEqual(hasFunctions ? ["tweet-enrich"] : []);
    });

    it("creates the topics of asynchronous calls and of dead letters' outcomes for a gateway with Kafka", () => {
      const [container] = find("Job", "kafka-topics")?.spec.template.spec.containers ?? [];
      const { value } = container.env.find(({ name }: { name: string }) => name === "TOPICS");
      expect(value.split(" ")).toEqual(
        expect.arrayContaining([
          "gateway-async",
          "gateway-async.dead-letter",
          "dead-letter-outcomes",
          "feed-cursors",
        ]),
      );
      const gateway = find("Deployment", "gateway")?.spec.template.spec.containers[0];
      if (gateway === undefined) return expect(overlay).toBe("overlays/book");
      expect(gateway.env).toContainEqual({ name: "KAFKA_BROKERS", value: "kafka:9092" });
    });

    it("runs its jobs again when it is applied later, and routes no Service to their pods", () => {
      expect(
        jobs()
          .map(({ metadata }) => metadata.name)
          .sort(),
      ).toEqual([
        "elasticsearch-templates",
        ...(overlay === "overlays/proof-of-stake" ? ["eth-genesis"] : []),
        "kafka-topics",
      ]);
      for (const { spec: jobSpec } of jobs()) {
        expect(jobSpec.ttlSecondsAfterFinished).toBeLessThanOrEqual(600);
        const { app } = jobSpec.template.metadata.labels;
        const services = objects.filter(({ kind, spec }) => kind === "Service" && spec.selector.app === app);
        expect(services).toEqual([]);
      }
    });

    it.each([
      ["kafka", "/var/lib/kafka/data"],
      ["elasticsearch", "/usr/share/elasticsearch/data"],
      ["nifi", "/data"],
    ])("keeps the data of %s on a volume", (name, mountPath) => {
      const spec = find("StatefulSet", name)?.spec;
      const [claim] = spec.volumeClaimTemplates;
      expect(spec.serviceName).toBe(name === "elasticsearch" ? "elasticsearch-nodes" : name);
      expect(spec.template.spec.containers[0].volumeMounts).toContainEqual(
        expect.objectContaining({ name: claim.metadata.name, mountPath }),
      );
    });

    it.each([
      ["StatefulSet", "kafka"],
      ["StatefulSet", "nifi"],
      ["Job", "kafka-topics"],
      ["Job", "elasticsearch-templates"],
    ])("gives %s %s the script that it runs", (kind, name) => {
      const { containers, volumes } = find(kind, name)?.spec.template.spec ?? {};
      const { command, volumeMounts } = containers[0];
      const folder = dirname(command[1]);
      const mount = volumeMounts.find(({ mountPath }: { mountPath: string }) => mountPath === folder);
      const volume = volumes.find((candidate: { name: string }) => candidate.name === mount.name);
      expect(find("ConfigMap", volume.configMap.name)?.data).toHaveProperty([basename(command[1])]);
    });

    it("exposes no RPC of a signer or miner", () => {
      const [geth] = find("StatefulSet", "eth-geth-miner")?.spec.template.spec.containers ?? [];
      const open = geth.ports.filter(({ name }: { name: string }) => name !== "metrics");
      expect(open.map((port: { containerPort: number }) => port.containerPort)).toEqual([30303, 30303]);
      expect(JSON.stringify(geth)).not.toMatch(/--(http|ws)/);
    });
  });

  it("the book's overlay mines by proof of work, serves the book's hosts, and gets its gateway from OpenFaaS", async () => {
    const objects = await render(join(deploy, "overlays", "book"));
    const geth = objects
      .filter(({ metadata }) => metadata.name.startsWith("eth-geth-"))
      .filter(({ kind }) => kind === "StatefulSet");
    expect(geth).toHaveLength(2);
    for (const { metadata, spec } of geth) {
      const [init] = spec.template.spec.initContainers;
      expect(init.env).toContainEqual({
        name: "GENESIS_FILE",
        value: "/var/geth/genesis-proof-of-work.json",
      });
      for (const { image } of [...spec.template.spec.initContainers, ...spec.template.spec.containers]) {
        expect([metadata.name, image]).toEqual([metadata.name, "ethereum/client-go:v1.11.6"]);
      }
    }
    expect(objects.filter(({ metadata }) => metadata.name === "gateway")).toEqual([]);
  });

  it.each(["book", "production"])("overlays/%s has the ingresses of the book", async (overlay) => {
    const objects = await render(join(deploy, "overlays", overlay));
    const ingresses = objects.filter(
      ({ kind, metadata }) => kind === "Ingress" && !metadata.name.endsWith("-metrics"),
    );
    const seen = ingresses.map(({ metadata, spec: { rules, tls } }) => {
      expect(tls).toEqual([{ hosts: [rules[0].host], secretName: expect.any(String) }]);
      expect(metadata).toMatchObject({
        annotations: { "cert-manager.io/cluster-issuer": "letsencrypt-production" },
      });
      const { name, port } = rules[0].http.paths[0].backend.service;
      return [metadata.name, rules[0].host, tls[0].secretName, `${name}:${port.number ?? port.name}`];
    });
    expect(seen).toEqual([
      ["eth-ethstats", "stats.data.eth.apk8s.dev", "eth-ethstats-production-tls", "eth-ethstats:http"],
      ["faas", "faas.data.dev5.apk8s.dev", "faas-data-production-tls", "gateway:8080"],
      ["nifi", "nifi.data.dev3.apk8s.dev", "data-production-tls", "nifi:web"],
    ]);
    const nifi = objects.find(({ kind, metadata }) => kind === "StatefulSet" && metadata.name === "nifi");
    expect(nifi?.spec.template.spec.containers[0].env).toContainEqual({
      name: "NIFI_INGRESS_HOST",
      value: "nifi.data.dev3.apk8s.dev",
    });
  });

  it.each(["faas", "eth-ethstats"])("the ingress of %s refuses /metrics to all addresses", async (name) => {
    const ingresses = (await render(join(deploy, "overlays", "production"))).filter(
      ({ kind }) => kind === "Ingress",
    );
    const [open, closed] = [name, `${name}-metrics`].map(
      (wanted) => ingresses.find(({ metadata }) => metadata.name === wanted)!,
    );
    expect(closed!.metadata).toMatchObject({
      annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": "255.255.255.255/32" },
    });
    const [{ host, http }] = closed!.spec.rules;
    expect([host, http.paths[0].path]).toEqual([open!.spec.rules[0].host, "/metrics"]);
    expect(closed!.spec.tls).toEqual(open!.spec.tls);
  });

  it("the console and Ethstats link to each other's host", async () => {
    const objects = await render(join(deploy, "overlays", "production"));
    const env = (name: string) =>
      objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === name)?.spec.template
        .spec.containers[0].env;
    expect(env("gateway")).toContainEqual({
      name: "ETHSTATS_PAGE",
      value: "https://stats.data.eth.apk8s.dev/",
    });
    expect(env("eth-ethstats")).toContainEqual({
      name: "CONSOLE_PAGE",
      value: "https://faas.data.dev5.apk8s.dev/ui/",
    });
  });

  it.each(overlays.filter((overlay) => overlay !== "overlays/book"))(
    "the console of %s requires a login, and allows changes only with console-changes",
    async (overlay) => {
      const { components } = parse(readFileSync(join(deploy, overlay, "kustomization.yaml"), "utf8"));
      const gateway = (await render(join(deploy, overlay))).find(
        ({ kind, metadata }) => kind === "Deployment" && metadata.name === "gateway",
      );
      const { env } = gateway!.spec.template.spec.containers[0];
      const isListed = components.includes("../../components/console-changes");
      expect(isListed).toBe(["overlays/local", "overlays/provider"].includes(overlay));
      expect(env).toContainEqual({ name: "UI_READ_ONLY", value: String(!isListed) });
      expect(env).toContainEqual({ name: "BASIC_AUTH_DIR", value: expect.stringMatching(/^\//) });
    },
  );

  describe("deploy/overlays/production", () => {
    let objects: KubernetesObject[];
    beforeAll(async () => {
      objects = await render(join(deploy, "overlays", "production"));
    });
    const filterByKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
    /** The number of pods of each workload, by its name. */
    const maxPods = () => {
      const scaled = filterByKind("HorizontalPodAutoscaler").map(({ metadata, spec }) => [
        metadata.name,
        spec.minReplicas,
      ]);
      const fixed = filterByKind("Deployment", "StatefulSet").map(({ metadata, spec }) => [
        metadata.name,
        spec.replicas,
      ]);
      return { ...Object.fromEntries(fixed), ...Object.fromEntries(scaled) } as Record<string, number>;
    };

    it("has a budget for each workload with several pods, and no others", () => {
      const several = Object.entries(maxPods()).filter(([, count]) => count > 1);
      const budgets = filterByKind("PodDisruptionBudget").map(({ metadata, spec }) => {
        expect(spec.selector.matchLabels).toEqual({ app: metadata.name });
        return metadata.name;
      });
      expect(budgets.sort()).toEqual(several.map(([name]) => name).sort());
    });

    it("spreads the pods of a workload", () => {
      const pods = maxPods();
      for (const { metadata, spec } of filterByKind("Deployment", "StatefulSet")) {
        const { affinity, topologySpreadConstraints } = spec.template.spec;
        const apart = (affinity?.podAntiAffinity ?? topologySpreadConstraints) !== undefined;
        expect([metadata.name, apart]).toEqual([metadata.name, pods[metadata.name]! > 1]);
      }
    });
  });

  it.each(["production", "proof-of-stake"])(
    "the policies of overlays/%s allow only named connections, and name only existing pods",
    async (overlay) => {
      const objects = await render(join(deploy, "overlays", overlay));
      const filterByKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
      const apps = new Set(
        filterByKind("Deployment", "StatefulSet", "Job").map(({ spec }) => spec.template.metadata.labels.app),
      );
      const policies = filterByKind("NetworkPolicy");
      expect(policies.find(({ metadata }) => metadata.name === "default-deny")?.spec).toEqual({
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
      });
      const namedApps = [
        ...JSON.stringify(policies.map(({ spec }) => spec)).matchAll(/"app":"([^"]+)"/g),
      ].map(([, app]) => app);
      const listed = policies.flatMap(({ spec }) =>
        [...JSON.stringify(spec).matchAll(/"key":"app","operator":"In","values":\[([^\]]+)\]/g)].flatMap(
          ([, list]) => JSON.parse(`[${list}]`),
        ),
      );
      for (const app of [...namedApps, ...listed]) expect(apps).toContain(app);
    },
  );

  it("policies let all pods query the cluster's DNS, NodeLocal DNSCache and OpenShift's DNS", async () => {
    const objects = await render(join(deploy, "overlays", "production"));
    const names = objects.find(({ kind, metadata }) => `${kind} ${metadata.name}` === "NetworkPolicy names");
    const inNamespace = (name: string) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    });
    const both = (port: number) => [{ port, protocol: "UDP" }, { port }];
    expect(names?.spec).toMatchObject({ podSelector: {} });
    expect(names?.spec.egress).toEqual([
      { to: [inNamespace("kube-system"), { ipBlock: { cidr: "169.254.20.10/32" } }], ports: both(53) },
      { to: [inNamespace("openshift-dns")], ports: both(5353) },
    ]);
  });

  it("policies let ingress controllers reach parts with an Ingress, and cert-manager's solver", async () => {
    const objects = await render(join(deploy, "overlays", "production"));
    const controllers = '"values":["traefik","ingress-nginx"]';
    const open = objects
      .filter(({ kind, spec }) => kind === "NetworkPolicy" && JSON.stringify(spec).includes(controllers))
      .map(({ metadata }) => metadata.name);
    expect(open.sort()).toEqual(["acme-solver", "eth-ethstats", "gateway", "nifi"]);
  });

  it.each(["production", "proof-of-stake"])(
    "the policies of overlays/%s let the gateway reach all services of its settings",
    async (overlay) => {
      const objects = await render(join(deploy, "overlays", overlay));
      const find = (kind: string, name: string) =>
        objects.find((object) => object.kind === kind && object.metadata.name === name);
      const { env } = find("Deployment", "gateway")!.spec.template.spec.containers[0];
      const services = (env as { value?: string }[]).flatMap(
        ({ value = "" }) => /^(?:https?:\/\/)?([a-z-]+)(?:\.data)?:\d+$/.exec(value)?.[1] ?? [],
      );
      expect(services.sort()).toEqual(["elasticsearch", "eth-ethstats", "eth-geth-tx", "kafka"]);
      for (const service of services) {
        const app = `"app":"${find("Service", service)!.spec.selector.app}"`;
        expect(JSON.stringify(find("NetworkPolicy", "gateway")!.spec.egress)).toContain(app);
        const { ingress } = find("NetworkPolicy", service)!.spec;
        expect(JSON.stringify(ingress)).toMatch(/"app":"gateway"|"values":\[[^\]]*"gateway"/);
      }
    },
  );

  describe("deploy/overlays/proof-of-stake", () => {
    let objects: KubernetesObject[];
    beforeAll(async () => {
      objects = await render(join(deploy, "overlays", "proof-of-stake"));
    });
    const find = (kind: string, name: string) =>
      objects.find((object) => object.kind === kind && object.metadata.name === name);
    const pod = (name: string) => find("StatefulSet", name)?.spec.template.spec;
    const findContainer = (podSpec: { containers: Container[] }, name: string) =>
      podSpec.containers.find((container) => container.name === name);

    it("runs the maintained Geth and a beacon node in each pod, and validators in those of eth-geth-miner", () => {
      const images = (name: string) =>
        Object.fromEntries(
          pod(name).containers.map((container: Container) => [container.name, container.image]),
        );
      const node = {
        geth: "ethereum/client-go:v1.17.10",
        beacon: expect.stringMatching(/^chainsafe\/lodestar:v/),
      };
      expect(images("eth-geth-tx")).toEqual(node);
      expect(images("eth-geth-miner")).toEqual({ ...node, validator: node.beacon });
      for (const name of ["eth-geth-miner", "eth-geth-tx"]) {
        for (const { image } of pod(name).initContainers) expect(image).toBe(node.geth);
        expect(pod(name).initContainers[0].env).toContainEqual({
          name: "GENESIS_FILE",
          value: "/var/geth/genesis-proof-of-stake.json",
        });
      }
    });

    it("mounts the validators' keys only into the validator client of their pod, and no account into Geth", () => {
      const mounts = (name: string) =>
        pod("eth-geth-miner").containers.flatMap((container: Container) =>
          container.volumeMounts
            .filter((mount) => mount.name === name)
            .map(({ subPath, subPathExpr }) => `${container.name}: ${subPathExpr ?? subPath}`),
        );
      expect(mounts("validators").sort()).toEqual([
        "validator: $(POD_NAME)-0.json",
        "validator: $(POD_NAME)-1.json",
        "validator: $(POD_NAME).yaml",
        "validator: password",
      ]);
      expect(mounts("account")).toEqual([]);
      expect(JSON.stringify(pod("eth-geth-miner"))).not.toContain('"eth-geth-miner"');
      expect(JSON.stringify(pod("eth-geth-tx"))).not.toContain("eth-geth-validators");
    });

    it("gives each container its own folder on the pod's volume", () => {
      const folders = pod("eth-geth-miner").containers.map((container: Container) =>
        container.volumeMounts.filter(({ name }) => name === "data").map(({ subPath }) => subPath),
      );
      expect(folders.sort()).toEqual([["beacon"], ["geth"], ["validator"]]);
    });

    it("lets only eth-beacon-peers reach the REST API of beacon nodes, and nobody the engine API", () => {
      const open = objects
        .filter(({ kind }) => kind === "NetworkPolicy")
        .flatMap(({ spec }) => (spec.ingress ?? []) as Rule[])
        .flatMap(({ from, ports }) => (ports ?? []).map(({ port }) => ({ port, from })));
      expect(open.filter(({ port }) => port === 8551)).toEqual([]);
      expect(open.filter(({ port }) => port === 9596)).toEqual([
        { port: 9596, from: [{ podSelector: { matchLabels: { app: "eth-beacon-peers" } } }] },
      ]);
      const { volumeMounts } = findContainer(pod("eth-geth-tx"), "geth")!;
      expect(volumeMounts).toContainEqual({ name: "engine", mountPath: "/etc/geth-engine", readOnly: true });
    });

    it("lets the job create a ConfigMap, and nothing else", () => {
      expect((find("Role", "eth-genesis") as unknown as { rules: object[] }).rules).toEqual([
        { apiGroups: [""], resources: ["configmaps"], verbs: ["create"] },
      ]);
    });

    it("mounts ConfigMaps and files that exist", () => {
      const created = new Set(
        objects.filter(({ kind }) => kind === "ConfigMap").map(({ metadata }) => metadata.name),
      );
      const specs = ["eth-geth-miner", "eth-geth-tx"].map(pod);
      specs.push(find("Job", "eth-genesis")?.spec.template.spec);
      for (const { volumes } of specs) {
        for (const { configMap } of volumes.filter((volume: object) => "configMap" in volume)) {
          // The first comes from `npm run secrets`, the second from the job.
          if (["eth-geth", "eth-beacon-genesis"].includes(configMap.name)) continue;
          expect(created).toContain(configMap.name);
        }
      }
    });
  });

  it("each pod of overlays/production has scrape annotations, except pods that are scraped otherwise", async () => {
    const objects = await render(join(deploy, "overlays", "production"));
    const workloads = objects.filter(({ kind }) => ["Deployment", "StatefulSet"].includes(kind));
    const silent = workloads.flatMap(({ metadata, spec }) => {
      const { annotations = {} } = spec.template.metadata;
      if (annotations["prometheus.io/scrape"] !== "true") return [metadata.name];
      const containers: { ports?: { containerPort: number }[] }[] = spec.template.spec.containers;
      const ports = containers.flatMap((container) =>
        (container.ports ?? []).map((port) => `${port.containerPort}`),
      );
      expect([metadata.name, ports]).toEqual([
        metadata.name,
        expect.arrayContaining([annotations["prometheus.io/port"]]),
      ]);
      expect(annotations["prometheus.io/path"]).toMatch(/^\/.*metrics/);
      return [];
    });
    // Elasticsearch has an exporter, NiFi its own job in prometheus.yml.
    expect(silent.sort()).toEqual(["elasticsearch", "nifi"]);
  });

  it("a namespace that may scrape reaches the annotated ports of overlays/production", async () => {
    const objects = await render(join(deploy, "overlays", "production"));
    const policy = objects.find(
      ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "scrapes",
    );
    const open = (policy!.spec.ingress as Rule[]).flatMap(({ ports = [] }) => ports.map(({ port }) => port));
    const scraped = objects.flatMap(
      ({ spec }) => spec?.template?.metadata?.annotations?.["prometheus.io/port"] ?? [],
    );
    expect(open).toEqual(expect.arrayContaining([...new Set(scraped)].map(Number)));
  });

  it("the book's overlay places NiFi's two nodes on two machines", async () => {
    const objects = await render(join(deploy, "overlays", "book"));
    const nifi = objects.find(({ kind, metadata }) => kind === "StatefulSet" && metadata.name === "nifi");
    const [rule] =
      nifi?.spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    expect(rule).toEqual({
      labelSelector: { matchLabels: { app: "nifi" } },
      topologyKey: "kubernetes.io/hostname",
    });
  });

  it.each(["local", "proof-of-stake", "production", "provider"])(
    "only the gateway of overlays/provider may change functions: overlays/%s",
    async (overlay) => {
      const objects = await render(join(deploy, "overlays", overlay));
      const gateway = objects.find(
        ({ kind, metadata }) => kind === "Deployment" && metadata.name === "gateway",
      );
      const value = overlay === "provider" ? "false" : "true";
      expect(gateway?.spec.template.spec.containers[0].env).toContainEqual({ name: "READ_ONLY", value });
      const policies = objects.filter(({ kind }) => kind === "ValidatingAdmissionPolicy");
      const bound = objects.filter(({ kind }) => kind === "ValidatingAdmissionPolicyBinding");
      expect(policies.length > 0).toBe(overlay === "provider");
      expect(bound.map(({ spec }) => spec.policyName)).toEqual(policies.map(({ metadata }) => metadata.name));
    },
  );

  it("gives a node of NiFi the time to hand over its queues, and another minute to shut down", async () => {
    const objects = await render(join(deploy, "base", "nifi"));
    const { spec } = objects.find(({ kind }) => kind === "StatefulSet")!.spec.template;
    const [{ env, lifecycle }] = spec.containers;
    expect(lifecycle.preStop.exec.command).toEqual(["python3", "/etc/nifi-start/offload.py"]);
    const seconds = env.find(({ name }: { name: string }) => name === "NIFI_OFFLOAD_SECONDS").value;
    expect(spec.terminationGracePeriodSeconds).toBe(Number(seconds) + 60);
  });

  it("gives NiFi only the rights that it needs on leases, ConfigMaps and its StatefulSet", async () => {
    const objects = await render(join(deploy, "base", "nifi"));
    const role = objects.find(({ kind }) => kind === "Role") as unknown as { rules: object[] };
    expect(role.rules).toEqual([
      {
        apiGroups: ["coordination.k8s.io"],
        resources: ["leases"],
        verbs: ["create", "get", "update", "patch"],
      },
      {
        apiGroups: [""],
        resources: ["configmaps"],
        verbs: ["create", "get", "list", "update", "patch", "delete"],
      },
      { apiGroups: ["apps"], resources: ["statefulsets"], resourceNames: ["nifi"], verbs: ["get"] },
    ]);
  });
});

/** The destinations of a policy for public addresses: no private networks and no metadata services of clouds. */
const publicAddresses = () => [
  {
    ipBlock: {
      cidr: "0.0.0.0/0",
      except: [
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
      ],
    },
  },
  { ipBlock: { cidr: "::/0", except: ["::1/128", "fc00::/7", "fe80::/10"] } },
];

/** Returns the policies of components/managed-stores for a store. */
const storePolicies = (objects: readonly KubernetesObject[], store: string) =>
  objects.filter(
    ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name.startsWith(`managed-${store}`),
  );

/** Returns the labels `app` of the pods that any of these policies selects. */
function selectedApps(objects: readonly KubernetesObject[], policies: readonly KubernetesObject[]): string[] {
  const selects = ({ spec }: KubernetesObject, labels: Readonly<Record<string, string>>) => {
    const { matchLabels = {}, matchExpressions = [] } = spec.podSelector as PodSelector;
    return (
      Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
      matchExpressions.every(({ key, values }) => values.includes(labels[key]!))
    );
  };
  return toPods(objects)
    .map(({ metadata }) => metadata.labels!)
    .filter((labels) => policies.some((policy) => selects(policy, labels)))
    .map(({ app }) => app!)
    .sort();
}

interface Container {
  name: string;
  image: string;
  volumeMounts: { name: string; mountPath: string; subPath?: string; subPathExpr?: string }[];
}

interface Rule {
  from?: object[];
  ports?: { port: number }[];
}

interface PodSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: "In"; values: string[] }[];
}
