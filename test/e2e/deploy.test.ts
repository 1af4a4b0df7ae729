// needs: kubernetes-api
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { parse } from "yaml";
import { stackFunctions } from "../support/functions/stack-functions.ts";
import { hasKubernetes, type KubernetesObject, kubectl, render } from "../support/kubernetes/kubernetes.ts";
import { makeSecrets } from "../support/kubernetes/secrets.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

jest.setTimeout(60_000);

const deploy = join(root, "deploy");

/** The folders below deploy/ that kustomize knows, by the kind of their kustomization. */
function folders(kind: "Kustomization" | "Component"): string[] {
  return readdirSync(deploy, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("kustomization.yaml"))
    .filter((path) => parse(readFileSync(join(deploy, path), "utf8")).kind === kind)
    .map(dirname)
    .sort();
}

const bases = folders("Kustomization").filter((folder) => folder.startsWith("base/"));
/** How many pods each overlay's connector has, which consumes topic `twitter`; none where NiFi does. */
const connectors: Readonly<Record<string, { "kafka-connector"?: number }>> = {
  "overlays/book": {},
  "overlays/local": { "kafka-connector": 1 },
  "overlays/proof-of-stake": { "kafka-connector": 1 },
  "overlays/production": { "kafka-connector": 2 },
  "overlays/provider": { "kafka-connector": 1 },
};
const overlays = folders("Kustomization").filter((folder) => folder.startsWith("overlays/"));
/** The overlays that deploy/README.md proposes. */
const proposed = [...readFileSync(join(deploy, "README.md"), "utf8").matchAll(/```yaml\n([\s\S]+?)```/g)].map(
  ([, yaml]) => yaml!,
);
const clusterScoped = ["ClusterRole", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

/** The chart cannot be fetched where tests run: its values are checked for form. */
describe("deploy/openfaas/values.yaml", () => {
  const text = readFileSync(join(deploy, "openfaas", "values.yaml"), "utf8");
  const values = parse(text);

  it("installs what the book does", () => {
    expect(values).toMatchObject({
      functionNamespace: "data",
      exposeServices: false,
      generateBasicAuth: true,
      ingress: { enabled: true },
    });
  });

  it("names one version of the chart, the one that deploy/README.md installs", () => {
    const command = /helm upgrade --install apk8s-data-openfaas openfaas [^`]*?-n data /.exec(
      readFileSync(join(deploy, "README.md"), "utf8"),
    );
    const version = /--version (\S+)/.exec(command?.[0] ?? "")?.[1];
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(text).toContain(`openfaas ${version} `);
  });

  it("leads its ingress to the gateway, and takes no host of components/ingress", () => {
    const [{ host, http }] = values.ingress.hosts;
    expect(http.paths[0].backend.service).toEqual({ name: "gateway", port: { number: 8080 } });
    const hosts = parse(readFileSync(join(deploy, "components", "ingress", "hosts.yaml"), "utf8"));
    expect(Object.values(hosts.data)).not.toContain(host);
  });

  it("waits longer for a function than the function works", () => {
    const seconds = (time: string) => Number(/^(\d+)s$/.exec(time)?.[1]);
    const longest = Math.max(...stackFunctions.map(({ environment }) => seconds(environment.write_timeout!)));
    const { upstreamTimeout, readTimeout, writeTimeout } = values.gateway;
    expect(seconds(upstreamTimeout)).toBeGreaterThan(longest);
    for (const time of [readTimeout, writeTimeout])
      expect(seconds(time)).toBeGreaterThan(seconds(upstreamTimeout));
  });
});

const strict = ["--dry-run=server", "--validate=strict", "--warnings-as-errors", "-o", "name"];
/** Pods that break the Pod Security Standard `restricted` get a warning. */
const podSecurity = "pod-security.kubernetes.io/warn=restricted";

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  beforeAll(async () => {
    await kubectl(["apply", "-k", join(deploy, "base", "namespace")]);
    await kubectl(["label", "namespace", "data", podSecurity, "--overwrite"]);
  });

  describe("an API server takes", () => {
    it.each([...bases, ...overlays])(
      "deploy/%s without a warning: its pods are restricted",
      async (folder) => {
        const applied = await kubectl(["apply", "-k", join(deploy, folder), ...strict]);
        const names = (await render(join(deploy, folder))).map(({ metadata }) => metadata.name);
        expect(applied.trim().split("\n")).toHaveLength(names.length);
      },
    );

    it("what npm run secrets makes", async () => {
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
        const elsewhere = readFileSync(join(folder, "kubernetes-data-lab", "nifi-login.yaml"), "utf8");
        expect(parse(elsewhere).metadata.namespace).toBe("data-lab");
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  describe("the overlays that deploy/README.md proposes", () => {
    const [registry, provider, managed] = proposed;
    /** What such an overlay makes, as far as an API server takes it. */
    const renderOverlay = async (yaml: string) => {
      const folder = mkdtempSync(join(deploy, "overlays", "proposed-"));
      try {
        writeFileSync(join(folder, "kustomization.yaml"), yaml);
        await kubectl(["apply", "-k", folder, ...strict]);
        return await render(folder);
      } finally {
        rmSync(folder, { recursive: true });
      }
    };

    it("take all images of ours from a registry", async () => {
      const text = JSON.stringify(await renderOverlay(registry!));
      const ours = [...text.matchAll(/"image":"([^"]+\/)[^"/]+:0\.1\.0"/g)].map(([, prefix]) => prefix);
      expect(new Set(ours)).toEqual(new Set(["registry.example.com/me/"]));
    });

    it("let the gateway deploy functions, in namespaces that it creates", async () => {
      const objects = await renderOverlay(provider!);
      const gateway = objects.find(
        ({ kind, metadata }) => kind === "Deployment" && metadata.name === "gateway",
      );
      const env = gateway?.spec.template.spec.containers[0].env as { name: string; value: string }[];
      expect(env.filter(({ name }) => name === "READ_ONLY")).toEqual([{ name: "READ_ONLY", value: "false" }]);
    });

    it("use managed Kafka and Elasticsearch", async () => {
      const objects = await renderOverlay(managed!);
      expect(objects.filter(({ metadata }) => /^(kafka|elasticsearch)$/.test(metadata.name))).toEqual([]);
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
  });

  it("the component for traces names the collector to the gateway, the connector and each function", async () => {
    const folder = mkdtempSync(join(deploy, "overlays", "proposed-"));
    try {
      writeFileSync(join(folder, "kustomization.yaml"), proposed.find((yaml) => yaml.includes("/tracing"))!);
      const objects = await render(folder);
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
      await kubectl(["apply", "-k", folder, ...strict]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("each component is part of an overlay or a base, or of an overlay that deploy/README.md proposes", () => {
    const componentsOf = (yaml: string, folder: string): string[] =>
      (parse(yaml).components ?? []).map((path: string) => relative(deploy, join(deploy, folder, path)));
    const used = [...bases, ...overlays].flatMap((folder) =>
      componentsOf(readFileSync(join(deploy, folder, "kustomization.yaml"), "utf8"), folder),
    );
    for (const yaml of proposed) used.push(...componentsOf(yaml, "overlays/proposed"));
    expect([...new Set(used)].sort()).toEqual(folders("Component"));
  });

  it("the gateway may give a function the name of no part of the platform", async () => {
    const rendered = await Promise.all(overlays.map((folder) => render(join(deploy, folder))));
    const parts = rendered.flat().flatMap(({ kind, metadata, spec }) => {
      const isFunction = metadata.labels?.["app.kubernetes.io/component"] === "function";
      const names = [metadata.name, spec?.template?.metadata.labels.app ?? metadata.name];
      return /^(Deployment|StatefulSet|Job|Service)$/.test(kind) && !isFunction ? names : [];
    });
    const [policy] = rendered
      .flat()
      .filter(
        ({ kind, metadata }) => `${kind} ${metadata.name}` === "ValidatingAdmissionPolicy gateway-owner",
      );
    const { expression } = policy!.spec.variables[0];
    expect([...new Set(parts)].sort()).toEqual(JSON.parse(expression.replaceAll("'", '"')));
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

    it("labels what it makes, and keeps it in the namespace data", () => {
      for (const { kind, metadata, spec } of objects.filter((object) => object.kind !== "Namespace")) {
        const expected = clusterScoped.includes(kind) ? undefined : "data";
        expect([kind, metadata.name, metadata.namespace]).toEqual([kind, metadata.name, expected]);
        if (kind === "ConfigMap") continue;
        const labels = { app: metadata.name, "app.kubernetes.io/part-of": "serverless-data-platform" };
        expect(metadata.labels).toMatchObject(labels);
        if (spec?.template !== undefined) expect(spec.template.metadata.labels).toMatchObject(labels);
      }
    });

    it("gives every container exact images, requests, limits, and no rights that it does not need", () => {
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
        // NiFi elects its leaders by leases; the gateway finds the functions by their Deployments; the job creates a ConfigMap.
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

    it("watches every container that serves", () => {
      for (const { metadata, spec } of workloads()) {
        for (const container of spec.template.spec.containers) {
          const probes = ["startupProbe", "readinessProbe", "livenessProbe"].filter(
            (probe) => probe in container,
          );
          // The boot node speaks UDP only; the server beside it in the pod is watched. A validator client listens to nobody.
          const expected = ["bootnode", "validator"].includes(container.name) ? 0 : 3;
          expect([metadata.name, container.name, probes.length]).toEqual([
            metadata.name,
            container.name,
            expected,
          ]);
        }
      }
    });

    it("has the book's names and ports", () => {
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
        elasticsearch: 1,
        kafka: 1,
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

    it("makes the topics of asynchronous calls and of dead letters' outcomes for a gateway that has Kafka", () => {
      const [container] = find("Job", "kafka-topics")?.spec.template.spec.containers ?? [];
      const { value } = container.env.find(({ name }: { name: string }) => name === "TOPICS");
      expect(value.split(" ")).toEqual(
        expect.arrayContaining(["gateway-async", "gateway-async.dead-letter", "dead-letter-outcomes"]),
      );
      const gateway = find("Deployment", "gateway")?.spec.template.spec.containers[0];
      if (gateway === undefined) return expect(overlay).toBe("overlays/book");
      expect(gateway.env).toContainEqual({ name: "KAFKA_BROKERS", value: "kafka:9092" });
    });

    it("runs its jobs again when it is applied later, and leads no service to their pods", () => {
      expect(
        jobs()
          .map(({ metadata }) => metadata.name)
          .sort(),
      ).toEqual([
        "elasticsearch-templates",
        ...(overlay === "overlays/proof-of-stake" ? ["eth-genesis"] : []),
        "kafka-topics",
      ]);
      for (const { spec } of jobs()) {
        expect(spec.ttlSecondsAfterFinished).toBeLessThanOrEqual(600);
        const { app } = spec.template.metadata.labels;
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
      expect(spec.serviceName).toBe(name);
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
      const volume = volumes.find((volume: { name: string }) => volume.name === mount.name);
      expect(find("ConfigMap", volume.configMap.name)?.data).toHaveProperty([basename(command[1])]);
    });

    it("opens no RPC of a signer or miner", () => {
      const [geth] = find("StatefulSet", "eth-geth-miner")?.spec.template.spec.containers ?? [];
      const open = geth.ports.filter(({ name }: { name: string }) => name !== "metrics");
      expect(open.map((port: { containerPort: number }) => port.containerPort)).toEqual([30303, 30303]);
      expect(JSON.stringify(geth)).not.toMatch(/--(http|ws)/);
    });
  });

  it("the book's overlay mines by proof of work, is reached at the book's hosts, and has its gateway by OpenFaaS", async () => {
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

  it.each(["book", "production"])("overlays/%s has the book's ingresses", async (overlay) => {
    const objects = await render(join(deploy, "overlays", overlay));
    const ingresses = objects.filter(({ kind }) => kind === "Ingress");
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

  describe("deploy/overlays/production", () => {
    let objects: KubernetesObject[];
    beforeAll(async () => {
      objects = await render(join(deploy, "overlays", "production"));
    });
    const ofKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
    /** How many pods each may have, by the name of its workload. */
    const mostPods = () => {
      const scaled = ofKind("HorizontalPodAutoscaler").map(({ metadata, spec }) => [
        metadata.name,
        spec.minReplicas,
      ]);
      const fixed = ofKind("Deployment", "StatefulSet").map(({ metadata, spec }) => [
        metadata.name,
        spec.replicas,
      ]);
      return { ...Object.fromEntries(fixed), ...Object.fromEntries(scaled) } as Record<string, number>;
    };

    it("gives a budget to all that has more than one pod, and to nothing else", () => {
      const several = Object.entries(mostPods()).filter(([, count]) => count > 1);
      const budgets = ofKind("PodDisruptionBudget").map(({ metadata, spec }) => {
        expect(spec.selector.matchLabels).toEqual({ app: metadata.name });
        return metadata.name;
      });
      expect(budgets.sort()).toEqual(several.map(([name]) => name).sort());
    });

    it("keeps pods of one kind apart", () => {
      const pods = mostPods();
      for (const { metadata, spec } of ofKind("Deployment", "StatefulSet")) {
        const apart = spec.template.spec.affinity?.podAntiAffinity !== undefined;
        expect([metadata.name, apart]).toEqual([metadata.name, pods[metadata.name]! > 1]);
      }
    });
  });

  it.each(["production", "proof-of-stake"])(
    "overlays/%s lets through only what a policy names, and names only what there is",
    async (overlay) => {
      const objects = await render(join(deploy, "overlays", overlay));
      const ofKind = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
      const apps = new Set(
        ofKind("Deployment", "StatefulSet", "Job").map(({ spec }) => spec.template.metadata.labels.app),
      );
      const policies = ofKind("NetworkPolicy");
      expect(policies.find(({ metadata }) => metadata.name === "default-deny")?.spec).toEqual({
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
      });
      const named = [...JSON.stringify(policies.map(({ spec }) => spec)).matchAll(/"app":"([^"]+)"/g)].map(
        ([, app]) => app,
      );
      const listed = policies.flatMap(({ spec }) =>
        [...JSON.stringify(spec).matchAll(/"key":"app","operator":"In","values":\[([^\]]+)\]/g)].flatMap(
          ([, list]) => JSON.parse(`[${list}]`),
        ),
      );
      for (const app of [...named, ...listed]) expect(apps).toContain(app);
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
    const container = (pod: { containers: Container[] }, name: string) =>
      pod.containers.find((container) => container.name === name);

    it("runs the maintained Geth and a beacon node in each pod, and validators in those of eth-geth-miner", () => {
      const images = (name: string) =>
        Object.fromEntries(pod(name).containers.map(({ name, image }: Container) => [name, image]));
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

    it("gives validators' keys to the validator client alone, each pod its own, and no account to Geth", () => {
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

    it("gives each container a folder of its own on the pod's volume", () => {
      const folders = pod("eth-geth-miner").containers.map((container: Container) =>
        container.volumeMounts.filter(({ name }) => name === "data").map(({ subPath }) => subPath),
      );
      expect(folders.sort()).toEqual([["beacon"], ["geth"], ["validator"]]);
    });

    it("lets eth-beacon-peers alone reach the REST API of beacon nodes, and nobody the engine API", () => {
      const open = objects
        .filter(({ kind }) => kind === "NetworkPolicy")
        .flatMap(({ spec }) => (spec.ingress ?? []) as Rule[])
        .flatMap(({ from, ports }) => (ports ?? []).map(({ port }) => ({ port, from })));
      expect(open.filter(({ port }) => port === 8551)).toEqual([]);
      expect(open.filter(({ port }) => port === 9596)).toEqual([
        { port: 9596, from: [{ podSelector: { matchLabels: { app: "eth-beacon-peers" } } }] },
      ]);
      const { volumeMounts } = container(pod("eth-geth-tx"), "geth")!;
      expect(volumeMounts).toContainEqual({ name: "engine", mountPath: "/etc/geth-engine", readOnly: true });
    });

    it("lets the job create a ConfigMap, and no more", () => {
      expect((find("Role", "eth-genesis") as unknown as { rules: object[] }).rules).toEqual([
        { apiGroups: [""], resources: ["configmaps"], verbs: ["create"] },
      ]);
    });

    it("mounts ConfigMaps and files that exist", () => {
      const made = new Set(
        objects.filter(({ kind }) => kind === "ConfigMap").map(({ metadata }) => metadata.name),
      );
      const specs = ["eth-geth-miner", "eth-geth-tx"].map(pod);
      specs.push(find("Job", "eth-genesis")?.spec.template.spec);
      for (const { volumes } of specs) {
        for (const { configMap } of volumes.filter((volume: object) => "configMap" in volume)) {
          // The first comes from `npm run secrets`, the second from the job.
          if (["eth-geth", "eth-beacon-genesis"].includes(configMap.name)) continue;
          expect(made).toContain(configMap.name);
        }
      }
    });
  });

  it("each pod of overlays/production says where it is scraped, but for those that are scraped otherwise", async () => {
    const objects = await render(join(deploy, "overlays", "production"));
    const workloads = objects.filter(({ kind }) => ["Deployment", "StatefulSet"].includes(kind));
    const silent = workloads.flatMap(({ metadata, spec }) => {
      const { annotations = {} } = spec.template.metadata;
      if (annotations["prometheus.io/scrape"] !== "true") return [metadata.name];
      const containers: { ports?: { containerPort: number }[] }[] = spec.template.spec.containers;
      const ports = containers.flatMap(({ ports = [] }) => ports.map((port) => `${port.containerPort}`));
      expect([metadata.name, ports]).toEqual([
        metadata.name,
        expect.arrayContaining([annotations["prometheus.io/port"]]),
      ]);
      expect(annotations["prometheus.io/path"]).toMatch(/^\/.*metrics/);
      return [];
    });
    // Elasticsearch has an exporter, NiFi a job of its own in prometheus.yml.
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

  it("the book's overlay keeps NiFi's two nodes on two machines", async () => {
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

  it("lets NiFi do with leases and config maps what it does, and no more", async () => {
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
    ]);
  });
});

interface Container {
  name: string;
  image: string;
  volumeMounts: { name: string; mountPath: string; subPath?: string; subPathExpr?: string }[];
}

interface Rule {
  from?: object[];
  ports?: { port: number }[];
}
