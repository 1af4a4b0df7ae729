import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { root } from "../repo.ts";
import { type KubernetesObject, kubectl, render } from "./kubernetes.ts";

/** The port of pod-discovery.cjs in Prometheus's pod. */
const discoveryPort = 9099;

/**
 * The objects of deploy/monitoring without Grafana, for Debian's Prometheus, which is built without pod discovery: a container beside it
 * discovers the pods (pod-discovery.cjs). The rest of prometheus.yml stays, with shorter intervals.
 * @param image an image with Node.js that the cluster has
 */
export async function prometheusObjects(image: string): Promise<KubernetesObject[]> {
  const rendered = await render(join(root, "deploy", "monitoring"));
  const objects = rendered.filter(({ metadata }) => !metadata.name.startsWith("grafana"));
  const config = objects.find(({ kind, data }) => kind === "ConfigMap" && "prometheus.yml" in data)!;
  config.data["prometheus.yml"] = prometheusConfig();
  config.data["pod-discovery.cjs"] = readFileSync(join(__dirname, "pod-discovery.cjs"), "utf8");
  const pod = objects.find(({ kind }) => kind === "StatefulSet")!.spec.template.spec;
  const [{ securityContext, volumeMounts }] = pod.containers;
  pod.containers.push({
    name: "discovery",
    image,
    command: ["node", "/etc/prometheus/pod-discovery.cjs"],
    env: [
      { name: "PORT", value: String(discoveryPort) },
      { name: "NAMESPACES", value: "data" },
    ],
    securityContext,
    volumeMounts: volumeMounts.filter(({ name }: { name: string }) => name === "config"),
  });
  pod.terminationGracePeriodSeconds = 0;
  return objects;
}

/** The shipped prometheus.yml for Debian's Prometheus. */
export function prometheusConfig(): string {
  return withoutDiscovery(
    readFileSync(join(root, "deploy", "monitoring", "prometheus", "prometheus.yml"), "utf8"),
  );
}

function withoutDiscovery(text: string): string {
  const config = parse(text);
  config.global = { scrape_interval: "2s", evaluation_interval: "2s" };
  // The kubelet of the tests has no statistics of volumes.
  config.scrape_configs = config.scrape_configs.filter(
    ({ job_name }: { job_name: string }) => job_name !== "kubelet",
  );
  for (const job of config.scrape_configs) {
    if (!("kubernetes_sd_configs" in job)) continue;
    delete job.kubernetes_sd_configs;
    job.http_sd_configs = [{ url: `http://127.0.0.1:${discoveryPort}/`, refresh_interval: "2s" }];
  }
  return stringify(config, { aliasDuplicateObjects: false });
}

/** A pod of the platform. */
export interface PlatformPod {
  metadata: { name: string; annotations?: Readonly<Record<string, string>>; deletionTimestamp?: string };
  spec: { containers: { name: string; ports?: { name?: string; containerPort: number }[] }[] };
  status: { phase: string; podIP?: string };
}

/** Returns the running pods of namespace `data` with scrape annotations. */
export async function annotatedPods(): Promise<PlatformPod[]> {
  const { items } = JSON.parse(await kubectl(["-n", "data", "get", "pod", "-o", "json"])) as {
    items: PlatformPod[];
  };
  return items.filter(
    ({ metadata, status }) =>
      metadata.annotations?.["prometheus.io/scrape"] === "true" &&
      metadata.deletionTimestamp === undefined &&
      status.phase === "Running",
  );
}
