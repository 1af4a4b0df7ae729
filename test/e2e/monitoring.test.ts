// needs: go prometheus kubernetes-api
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments, stringify } from "yaml";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import {
  applyObjects,
  awaitDefinitions,
  hasKubernetes,
  type KubernetesObject,
  kubectl,
  render,
} from "../support/kubernetes/kubernetes.ts";
import { prometheusConfig } from "../support/kubernetes/monitoring.ts";
import { operatorCrds } from "../support/kubernetes/operator-crds.ts";
import { awaitDefaultAccount, toPods } from "../support/kubernetes/pods.ts";
import { hasPrometheus } from "../support/kubernetes/prometheus-image.ts";
import { succeed } from "../support/process/command.ts";
import { proposedOverlays, writeProposedOverlay } from "../support/proposed-overlays.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

jest.setTimeout(300_000);

const deploy = join(root, "deploy");
const monitoring = join(deploy, "monitoring");
const strict = ["--dry-run=server", "--validate=strict", "--warnings-as-errors", "-o", "name"];

requireService("Debian's Prometheus", hasPrometheus(), () => {
  it("promtool accepts prometheus.yml, except for the discovery that Debian's build lacks", async () => {
    const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
    try {
      writeFileSync(join(folder, "prometheus.yml"), prometheusConfig());
      writeFileSync(join(folder, "alerts.yml"), readFileSync(join(monitoring, "prometheus", "alerts.yml")));
      await succeed("promtool", ["check", "config", "--syntax-only", join(folder, "prometheus.yml")]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  describe("deploy/monitoring", () => {
    let objects: KubernetesObject[];
    beforeAll(async () => {
      objects = await render(monitoring);
      await kubectl(["apply", "-k", join(deploy, "base", "namespace")]);
      await kubectl(["apply", "-f", join(monitoring, "namespace.yaml")]);
      await awaitDefaultAccount("monitoring");
    });
    afterAll(() => kubectl(["delete", "-f", join(monitoring, "namespace.yaml"), "--wait=false"]));

    it("is accepted by an API server without a warning, so its pods are restricted", async () => {
      const applied = await kubectl(["apply", "-k", monitoring, ...strict]);
      expect(applied.trim().split("\n")).toHaveLength(objects.length);
    });

    it("has pods that a namespace with the enforced Pod Security Standard accepts", async () => {
      const pods = toPods(objects);
      expect(pods.map(({ metadata }) => metadata.name)).toEqual([
        "deployment-grafana",
        "statefulset-prometheus",
      ]);
      const input = pods.map((pod) => `---\n${stringify(pod)}`).join("");
      await succeed("kubectl", ["create", "-f", "-", ...strict], { input });
    });

    it("has a headless Service for the pod of Prometheus", () => {
      const ofKind = (wanted: string) =>
        objects.find(({ kind, metadata }) => kind === wanted && metadata.name === "prometheus")?.spec;
      expect(ofKind("StatefulSet").serviceName).toBe("prometheus");
      expect(ofKind("Service")).toMatchObject({ clusterIP: "None", selector: { app: "prometheus" } });
    });

    it("gives each container an exact image, probes, requests, limits and no rights", () => {
      const workloads = objects.filter(({ kind }) => ["Deployment", "StatefulSet"].includes(kind));
      expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(["grafana", "prometheus"]);
      for (const { metadata, spec } of workloads) {
        expect([metadata.name, spec.template.spec.automountServiceAccountToken]).toEqual([
          metadata.name,
          metadata.name === "prometheus",
        ]);
        for (const container of spec.template.spec.containers) {
          expect(container.image).toMatch(/^\S+\/\S+:v?\d+\.\d+\.\d+$/);
          expect(container).toMatchObject({
            startupProbe: expect.anything(),
            readinessProbe: expect.anything(),
            livenessProbe: expect.anything(),
            resources: { limits: { memory: expect.anything() }, requests: { memory: expect.anything() } },
            securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
          });
        }
      }
    });

    it("lets Prometheus only list pods of the platform's namespace and read metrics of nodes", async () => {
      const rules = objects
        .filter(({ kind }) => kind === "ClusterRole")
        .map(({ metadata, ...role }) => [metadata.name, role.rules]);
      const read = ["get", "list", "watch"];
      expect(Object.fromEntries(rules)).toEqual({
        "prometheus-pods": [{ apiGroups: [""], resources: ["pods"], verbs: read }],
        "prometheus-nodes": [
          { apiGroups: [""], resources: ["nodes"], verbs: read },
          { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
        ],
      });
      const bindings = objects.filter(({ kind }) => kind.endsWith("Binding"));
      expect(bindings.map(({ metadata, roleRef }) => [roleRef.name, metadata.namespace]).sort()).toEqual([
        ["prometheus-nodes", undefined],
        ["prometheus-pods", "data"],
      ]);
    });

    it("mounts every board", () => {
      const boards = objects.find(({ metadata }) => metadata.name.startsWith("grafana-boards"))!;
      expect(Object.keys(boards.data).sort()).toEqual(
        readdirSync(join(monitoring, "grafana", "boards")).sort(),
      );
      expect(Buffer.byteLength(JSON.stringify(boards))).toBeLessThan(256_000); // kubectl apply stores it as an annotation
    });
  });

  requireService("Go, which makes the operator's resource definitions", hasGo(), () => {
    describe("deploy/components/monitoring/operator", () => {
      let crds: string[];
      beforeAll(async () => {
        const folder = await operatorCrds();
        crds = ["podmonitors", "prometheusrules"].map((name) =>
          join(folder, `monitoring.coreos.com_${name}.yaml`),
        );
        for (const file of crds) await kubectl(["apply", "-f", file]);
        await awaitDefinitions(crds);
      });
      afterAll(async () => {
        for (const file of crds) await kubectl(["delete", "-f", file]);
      });

      it("matches the operator's resource definitions, in the overlay of docs/how-to/monitor-the-platform.md", async () => {
        const yaml = proposedOverlays().find((candidate) => candidate.includes("monitoring/operator"))!;
        using overlay = writeProposedOverlay(yaml);
        const objects = (await render(overlay.folder)).filter(({ kind }) =>
          ["PodMonitor", "PrometheusRule"].includes(kind),
        );
        expect(objects.length).toBeGreaterThan(5);
        await applyObjects(objects, strict);
      });

      it("selects every pod of overlays/production that a Prometheus of deploy/monitoring scrapes", async () => {
        const objects = await render(join(deploy, "overlays", "production"));
        const pods = objects.flatMap(({ spec }) => spec?.template ?? []);
        const scraped = pods.filter(
          ({ metadata }) =>
            metadata.annotations?.["prometheus.io/scrape"] === "true" || metadata.labels.app === "nifi",
        );
        const monitors = podMonitors();
        const unselected = scraped
          .filter((pod) => !monitors.some((monitor) => selects(monitor, pod)))
          .map(({ metadata }) => metadata.labels.app);
        expect(unselected).toEqual([]);
        expect(scraped.length).toBeGreaterThan(10);
      });
    });
  });
});

interface PodMonitor {
  selector: {
    matchLabels?: Readonly<Record<string, string>>;
    matchExpressions?: readonly { key: string; values: readonly string[] }[];
  };
  podMetricsEndpoints: readonly { port: string; path: string }[];
}

interface Pod {
  metadata: { labels: Readonly<Record<string, string>>; annotations?: Readonly<Record<string, string>> };
  spec: { containers: readonly { ports?: readonly { name: string; containerPort: number }[] }[] };
}

function podMonitors(): PodMonitor[] {
  const file = join(deploy, "components", "monitoring", "operator", "pod-monitors.yaml");
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS().spec);
}

/** Whether a monitor selects a pod, with the port and path of its annotations. */
function selects({ selector, podMetricsEndpoints }: PodMonitor, { metadata, spec }: Pod): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const { labels, annotations } = metadata;
  const isSelected =
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => values.includes(labels[key]!));
  const ports = spec.containers.flatMap((container) => container.ports ?? []);
  return (
    isSelected &&
    podMetricsEndpoints.some(({ port, path }) => {
      if (labels.app === "nifi") return true;
      const number = ports.find(({ name }) => name === port)?.containerPort;
      return (
        `${number}` === annotations!["prometheus.io/port"] && path === annotations!["prometheus.io/path"]
      );
    })
  );
}
