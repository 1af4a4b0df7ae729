import { queriesWithData, readRules } from "@platform/monitoring/queries";
import { httpCall } from "../support/http/http-call.ts";
import { forward } from "../support/kubernetes/data-namespace.ts";
import { applyObjects, type KubernetesObject, kubectl } from "../support/kubernetes/kubernetes.ts";
import { annotatedPods, prometheusObjects } from "../support/kubernetes/monitoring.ts";
import { run } from "../support/process/command.ts";
import { platformVersion, root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
/** The component that describeScraping needs in the overlay. */
export const monitoringComponent = "monitoring";
/** Prometheus's image, which the cluster must have. */
export const prometheusImage = "prom/prometheus:v3.5.0";

/** A target in Prometheus's API. */
interface Target {
  labels: Readonly<Record<string, string>>;
  scrapeUrl: string;
  health: string;
  lastError: string;
}

/**
 * Declares tests of a Prometheus of deploy/monitoring on a cluster with components/monitoring, under network policies.
 * @param stranger a pod, NAMESPACE/NAME, in a namespace that may not scrape
 */
export function describeScraping(stranger: string): void {
  let prometheus: Awaited<ReturnType<typeof forward>>;
  const api = async (path: string) => {
    const { status, body } = await httpCall(`${prometheus.url}/api/v1/${path}`);
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
    return JSON.parse(body).data;
  };
  const targets = async (): Promise<Target[]> => (await api("targets?state=active")).activeTargets;
  const toScrapeUrls = (list: readonly Target[]) => list.map(({ scrapeUrl }) => scrapeUrl).sort();

  beforeAll(async () => {
    const objects = await prometheusObjects(`serverless-data-platform/gateway:${platformVersion}`);
    const isNamespace = ({ kind }: KubernetesObject) => kind === "Namespace";
    await applyObjects(objects.filter(isNamespace));
    await applyObjects(objects.filter((object) => !isNamespace(object)));
    await kubectl(["-n", "monitoring", "rollout", "status", "statefulset/prometheus", "--timeout=100s"]);
    prometheus = await forward("prometheus-0", 9090, "monitoring");
  }, 2 * minute);
  afterAll(async () => {
    await prometheus?.[Symbol.asyncDispose]();
    await kubectl(["delete", "namespace", "monitoring", "--ignore-not-found"]);
    const roles = ["clusterrole/prometheus-pods", "clusterrole/prometheus-nodes"];
    await kubectl(["delete", ...roles, "clusterrolebinding/prometheus-nodes", "--ignore-not-found"]);
  });

  it("scrapes every annotated pod, and all of them answer", async () => {
    const expected = async () =>
      (await annotatedPods())
        .map(({ metadata, status }) => {
          const { "prometheus.io/port": port, "prometheus.io/path": path } = metadata.annotations!;
          return `http://${status.podIP}:${port}${path}`;
        })
        .sort();
    const platformTargets = async () => (await targets()).filter(({ labels }) => labels.namespace === "data");
    const state = async () => {
      const [pods, list] = [await expected(), await platformTargets()];
      return {
        missing: pods.filter((url) => !toScrapeUrls(list).includes(url)),
        surplus: toScrapeUrls(list).filter((url) => !pods.includes(url)),
        down: list.flatMap(({ health, scrapeUrl, lastError }) =>
          health === "up" ? [] : `${scrapeUrl} is ${health}: ${lastError}`,
        ),
      };
    };
    const isComplete = async () => JSON.stringify(await state()) === whole;
    await waitFor("all targets", isComplete, minute).catch(() => undefined);
    expect(await state()).toEqual({ missing: [], surplus: [], down: [] });
    expect((await platformTargets()).length).toBeGreaterThan(10);
  });

  it("labels targets by part, pod and function", async () => {
    const jobs = new Map((await targets()).map(({ labels }) => [labels.job, labels]));
    for (const job of [
      "gateway",
      "kafka-connector",
      "eth-ethstats",
      "eth-geth-miner",
      "eth-geth-tx",
      "kafka",
    ])
      expect(jobs.get(job)).toMatchObject({ namespace: "data", pod: expect.stringContaining(job) });
    expect(jobs.get("tweet-enrich")).toMatchObject({ function: "tweet-enrich" });
  });

  it.each([
    "kafka_topic_messages_in_total{topic='twitter'}",
    "kafka_log_size_bytes{topic='twitter'}",
    "elasticsearch_cluster_health_status{color='green'}",
    "elasticsearch_indices_docs_primary{index=~'sentiment-.*'}",
    "chain_head_block{job='eth-geth-miner'}",
    "p2p_peers{job='eth-geth-tx'}",
    "gateway_function_invocation_total{code='200'}",
  ])("has data of %s", async (query) => {
    const { result } = await waitFor("a sample", async () => {
      const answer = await api(`query?query=${encodeURIComponent(query)}`);
      return answer.result.length > 0 && answer;
    });
    expect(result.length).toBeGreaterThan(0);
  });

  it("answers every query of the boards and each metric of the alerts", async () => {
    const queries = queriesWithData(root);
    const unanswered = async () => {
      const results = await Promise.all(
        queries.map(async ({ source, expr }) => {
          const { result } = await api(`query?query=${encodeURIComponent(expr)}`);
          return result.length > 0 ? [] : `${source}: ${expr}`;
        }),
      );
      return [...new Set(results.flat())];
    };
    const isAnswered = async () => (await unanswered()).length === 0;
    await waitFor("all queries", isAnswered, minute / 2).catch(() => undefined);
    expect(await unanswered()).toEqual([]);
  });

  it("loads every rule, and evaluates it without an error", async () => {
    const listRules = async (): Promise<{ name: string; health: string; lastError?: string }[]> =>
      (await api("rules")).groups.flatMap(({ rules }: { rules: object[] }) => rules);
    const isEvaluated = async () => (await listRules()).every(({ health }) => health !== "unknown");
    await waitFor("the rules", isEvaluated, minute);
    const loaded = await listRules();
    expect(loaded.length).toBe(readRules(root).length);
    expect(loaded.filter(({ health }) => health !== "ok")).toEqual([]);
  });

  it("is the only client that network policies allow to scrape", async () => {
    const [namespace, pod] = stranger.split("/") as [string, string];
    const kafka = (await targets()).find(({ labels }) => labels.job === "kafka")!;
    const { hostname, port } = new URL(kafka.scrapeUrl);
    const connect = ["timeout", "5", "nc", "-w", "3", hostname, port, "-e", "true"];
    const { code } = await run("kubectl", ["-n", namespace, "exec", pod, "--", ...connect]);
    expect(code).not.toBe(0);
  });
}

const whole = JSON.stringify({ missing: [], surplus: [], down: [] });
