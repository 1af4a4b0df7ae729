// needs: java go python prometheus openfaas kubernetes
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChainView, DependencyView, SentimentView } from "@platform/gateway/console/live/view";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { describeFunctionsBehind } from "../support/functions/api-conformance.ts";
import { stackFunctions } from "../support/functions/stack-functions.ts";
import {
  clusterLoad,
  type LocalPlatform,
  runCluster,
  startLocalPlatform,
} from "../support/gateway/local-platform.ts";
import { readEvents } from "../support/gateway/read-events.ts";
import { startLoad } from "../support/http/call-load.ts";
import { httpCall } from "../support/http/http-call.ts";
import { hasMaven } from "../support/java/maven.ts";
import {
  awaitRollout,
  forward,
  inData,
  replacePod,
  restartedPods,
} from "../support/kubernetes/data-namespace.ts";
import {
  applyObjects,
  hasKubernetes,
  type KubernetesObject,
  kubectl,
  render,
} from "../support/kubernetes/kubernetes.ts";
import { awaitDocuments, sendTweets } from "../support/kubernetes/platform-tweets.ts";
import { hasPrometheus } from "../support/kubernetes/prometheus-image.ts";
import { traefikImage } from "../support/kubernetes/traefik-image.ts";
import { createFaasCli, type FaasCli, hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { hasTemplates, useTemplates } from "../support/openfaas/templates.ts";
import { run } from "../support/process/command.ts";
import { hasPython } from "../support/python/python.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { succeeds, waitFor } from "../support/wait-for.ts";
import { describeBackUp } from "./backed-up-platform.ts";
import { describeClusterCommand } from "./cluster-command.ts";
import { describeEthereum } from "./ethereum-on-platform.ts";
import { describeFaasCli } from "./functions-by-faas-cli.ts";
import { describeIngress } from "./ingress-on-platform.ts";
import { describeScraping, monitoringComponent, prometheusImage } from "./scraped-platform.ts";

const isAvailable =
  clusterLoad !== undefined &&
  hasKubernetes() &&
  hasGo() &&
  hasMaven() &&
  hasPrometheus() &&
  hasPython() &&
  hasFaasCli() &&
  hasTemplates();

const minute = 60_000;
jest.setTimeout(6 * minute);

/** `npm run soak -- nifi-cluster` runs NiFi: its nodes start too slowly for this stage. */
const leftOut = ["nifi", "nifi-listen"];

const jsonPath = (path: string, ...args: string[]) => inData("get", ...args, "-o", `jsonpath=${path}`);
const clusterIp = (service: string) => jsonPath("{.spec.clusterIP}", "service", service);
requireService(
  "a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker, faas-cli, Go, Maven, Python and Prometheus",
  isAvailable,
  () => {
    describe("deploy/overlays/provider", () => {
      let platform: LocalPlatform;
      let gateway: string;
      let password: string;
      let cli: FaasCli;
      let templates: Disposable; // faas-cli looks for them before it deploys
      beforeAll(async () => {
        const images = [...new Set(stackFunctions.map(({ image }) => image)), prometheusImage, traefikImage];
        const components = [monitoringComponent, "ingress"];
        platform = await startLocalPlatform({
          ...{ without: leftOut, overlay: "provider", components, images, wait: true },
        });
        gateway = `http://${await clusterIp("gateway")}:8080`;
        password = readFileSync(join(platform.secrets, "gateway", "password"), "utf8").trim();
        cli = createFaasCli(gateway);
        templates = useTemplates();
      }, 20 * minute);
      afterAll(async () => {
        templates?.[Symbol.dispose]();
        cli?.[Symbol.dispose]();
        await platform?.[Symbol.asyncDispose]();
      }, 5 * minute);

      it("starts without a restart of any container", async () => {
        for (const name of ["kafka", "elasticsearch", "eth-bootnode", "eth-geth-miner", "eth-geth-tx"])
          await awaitRollout(`statefulset/${name}`);
        for (const name of ["gateway", "kafka-connector", "eth-bootnode-registrar", "eth-ethstats"])
          await awaitRollout(`deployment/${name}`);
        for (const job of ["kafka-topics", "elasticsearch-templates"])
          await inData("wait", "--for=condition=Complete", `job/${job}`, "--timeout=200s");
        expect(await restartedPods()).toEqual([]);
      });

      describe("npm run cluster", () => describeClusterCommand(() => platform.up));

      describe("the Ethereum network", () => describeEthereum(() => platform.secrets));

      describe("a real faas-cli", () => describeFaasCli(() => ({ gateway, password, cli })));

      it("answers the first curl of deploy/README.md", async () => {
        await inData("wait", "--for=condition=Available", "deployment", "--all", "--timeout=5m");
        await using forwarded = await forward("svc/gateway", 8080);
        const { stdout } = await run("curl", [
          ...["-d", "People are kind", `${forwarded.url}/function/sentiment`],
        ]);
        expect(JSON.parse(stdout)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
      });

      it("answers at the functions' paths", async () => {
        const { body } = await httpCall(`${gateway}/function/sentiment`, { body: "People are kind" });
        expect(JSON.parse(body)).toEqual({ polarity: 0.6, sentence_count: 1, subjectivity: 0.9 });
        const block = async () => JSON.parse((await httpCall(`${gateway}/function/last-block.data`)).body);
        const first = await waitFor("a block", async () => (await block()).number > 0 && block(), minute);
        await waitFor("the next block", async () => (await block()).number > first.number, minute);
        const missing = await httpCall(`${gateway}/function/none`);
        expect([missing.status, JSON.parse(missing.body).code]).toEqual([404, "function_not_found"]);
      });

      // Calls of tweet-enrich would store documents, which later tests count.
      describeFunctionsBehind({
        url: () => gateway,
        functions: ["sentiment", "last-block"],
        hasFakeChain: false,
      });

      it("accepts asynchronous calls, and counts them", async () => {
        const invocations = async () => {
          const { body } = await httpCall(`${gateway}/metrics`);
          return Number(
            /invocation_total\{function_name="sentimentanalysis",code="200"\} (\d+)/.exec(body)?.[1] ?? 0,
          );
        };
        const before = await invocations();
        const { status, headers } = await httpCall(`${gateway}/async-function/sentimentanalysis`, {
          body: "Good",
        });
        expect([status, headers["x-call-id"]]).toEqual([202, expect.any(String)]);
        await waitFor("the call", async () => (await invocations()) === before + 1, minute);
      });

      it("carries tweets from Kafka to Elasticsearch, and keeps them when both are killed", async () => {
        const ids = Array.from({ length: 200 }, (_, index) => `1${String(index).padStart(4, "0")}`);
        await sendTweets(ids);
        const hits = await awaitDocuments(ids);
        expect(hits.get(ids[0]!)).toMatchObject({ _index: "sentiment-2018-10", _source: { polarity: 0.6 } });
        await Promise.all([replacePod("elasticsearch-0"), replacePod("kafka-0")]);
        const more = ids.map((id) => `2${id}`);
        await waitFor("Kafka", () => succeeds(sendTweets(more)), minute);
        await awaitDocuments([...ids, ...more]);
      });

      it("shows all parts on the console, to users with the password", async () => {
        expect((await httpCall(`${gateway}/ui/`)).status).toBe(401);
        const login = Buffer.from(`admin:${password}`).toString("base64");
        const headers = { authorization: `Basic ${login}` };
        const page = await httpCall(`${gateway}/ui/`, { headers });
        expect([page.status, page.body]).toEqual([200, expect.stringContaining("page.js")]);
        const events = await readEvents(`${gateway}/ui/api/events`, { headers });
        const { day } = await events.nextEvent<SentimentView>("sentiment");
        expect(day).toMatchObject({ count: 400, mean: 0.6 });
        const chain = await events.nextEvent<ChainView>("chain");
        expect(chain).toMatchObject({ chainId: 27587, accounts: [{}, {}], canSend: false });
        const health = await waitFor("all of it", async () => {
          const views = await events.nextEvent<DependencyView[]>("health");
          return views.every(({ state }) => state === "up") && views;
        });
        expect(health.map(({ setting }) => setting)).toEqual([
          ...["FUNCTION_NAMESPACES", "GETH_RPC_ENDPOINT", "ELASTICSEARCH_URL", "KAFKA_BROKERS"],
        ]);
        events.cancel();
      });

      it("drops no call while a function and the gateway are rolled over, and while one of two pods is killed", async () => {
        const deploy = ["deploy", "-f", "stack.yml", "--filter", "sentiment"];
        const update = [...deploy, "--label", "com.openfaas.scale.min=2"];
        await cli.succeed(update, { cwd: root });
        await inData(
          "wait",
          "deployment/sentiment",
          "--for=jsonpath={.status.readyReplicas}=2",
          "--timeout=90s",
        );
        const call = () => httpCall(`${gateway}/function/sentiment`, { body: "People are kind" });
        const load = startLoad(call);
        await cli.succeed(update, { cwd: root, env: { LOG_LEVEL: "warn" } });
        await awaitRollout("deployment/sentiment");
        await inData("rollout", "restart", "deployment/gateway");
        await awaitRollout("deployment/gateway");
        const { answers, failures } = await load.stop();
        expect(failures).toEqual([]);
        expect(answers).toBeGreaterThan(500);
        const { items } = JSON.parse(await inData("get", "pod", "-l", "app=sentiment", "-o", "json"));
        const serving = items.filter(({ metadata }: KubernetesObject) => !("deletionTimestamp" in metadata));
        expect(serving.length).toBeGreaterThan(1);
        const pod = serving[0].metadata.name;
        await inData("delete", "pod", pod, "--wait=false");
        const again = startLoad(call);
        await inData("wait", "--for=delete", `pod/${pod}`, "--timeout=90s");
        expect((await again.stop()).failures).toEqual([]);
      });

      it("scales functions by their processor time", async () => {
        const scaling = () =>
          jsonPath("{.status.conditions[?(@.type=='ScalingActive')].status}", "hpa", "sentiment");
        await waitFor("the autoscaler", async () => (await scaling()) === "True", 2 * minute);
      });

      describe("backups and a rollback", describeBackUp);

      describe("under the network policies of overlays/production", () => {
        beforeAll(async () => {
          const policies = (await render(join(root, "deploy", "overlays", "production"))).filter(
            ({ kind }) => kind === "NetworkPolicy",
          );
          await applyObjects(policies);
          for (const namespace of ["data-lab", "elsewhere"]) {
            await applyObjects([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }]);
          }
          for (const [namespace, app] of [
            ["data", "stranger"],
            ["data-lab", "notebook"],
            ["elsewhere", "stranger"],
          ])
            await applyObjects([probe(namespace!, app!)]);
          for (const namespace of ["data", "data-lab", "elsewhere"])
            await kubectl(["-n", namespace, "wait", "--for=condition=Ready", "pod/probe", "--timeout=60s"]);
        });
        afterAll(async () => {
          await kubectl(["delete", "namespace", "data-lab", "elsewhere", "--ignore-not-found"]);
        });

        it("continues to work", async () => {
          const ids = Array.from({ length: 20 }, (_, index) => `3${index}`);
          await sendTweets(ids);
          await awaitDocuments(ids);
        });

        /** Connections, and whether a policy allows each. */
        const fromPods: [namespace: string, service: string, port: number, open: boolean][] = [
          ["data-lab", "gateway", 8080, true],
          ["data-lab", "elasticsearch", 9200, true],
          ["data-lab", "eth-geth-tx", 8545, true],
          ["data-lab", "eth-geth-tx", 8546, true],
          ["data-lab", "kafka", 9092, true],
          ["data-lab", "sentiment", 8080, false],
          ["data-lab", "eth-ethstats", 8080, false],
          ["data", "gateway", 8080, false],
          ["data", "elasticsearch", 9200, false],
          ["data", "kafka", 9092, false],
          ["elsewhere", "kubernetes.default", 443, true],
          ["elsewhere", "gateway", 8080, false],
          ["elsewhere", "elasticsearch", 9200, false],
          ["elsewhere", "kafka", 9092, false],
          ["elsewhere", "eth-geth-tx", 8545, false],
          ["elsewhere", "eth-bootnode-registrar", 80, false],
        ];
        const fromDeployments: [name: string, service: string, port: number, open: boolean][] = [
          ["last-block", "eth-geth-tx", 8545, true],
          ["last-block", "eth-geth-tx", 8546, true],
          ["last-block", "elasticsearch", 9200, false],
          ["sentiment", "kafka", 9092, false],
          ["sentiment", "gateway", 8080, false],
          ["tweet-enrich", "elasticsearch", 9200, true],
          ["tweet-enrich", "eth-geth-tx", 8545, false],
          ["gateway", "eth-geth-tx", 8545, true],
          ["gateway", "eth-geth-tx", 8546, true],
          ["gateway", "elasticsearch", 9200, true],
          ["gateway", "kafka", 9092, true],
          ["gateway", "eth-ethstats", 8080, true],
        ];
        // A refused connection takes four seconds, so all are tried concurrently.
        const outcomes = new Map<string, Promise<boolean>>();
        const findOutcome = (from: string, service: string, port: number) =>
          outcomes.get(`${from} ${service} ${port}`);
        beforeAll(async () => {
          for (const [namespace, service, port] of fromPods)
            outcomes.set(`${namespace} ${service} ${port}`, connectFromProbe(namespace, service, port));
          const names = [...new Set(fromDeployments.map(([name]) => name))];
          const opened = new Map(names.map((name) => [name, openFromDeployment(name, fromDeployments)]));
          for (const [name, service, port] of fromDeployments) {
            const isOpen = opened.get(name)!.then((targets) => targets.includes(`${service}:${port}`));
            outcomes.set(`${name} ${service} ${port}`, isOpen);
          }
          await Promise.all(outcomes.values());
        });

        it.each(fromPods)("from namespace %s to %s:%s: %s", async (namespace, service, port, open) => {
          expect(await findOutcome(namespace, service, port)).toBe(open);
        });

        it.each(fromDeployments)("from %s to %s:%s: %s", async (name, service, port, open) => {
          expect(await findOutcome(name, service, port)).toBe(open);
        });

        describe("a Prometheus in namespace monitoring", () => describeScraping("elsewhere/probe"));

        describe("Traefik in namespace traefik", () =>
          describeIngress(() => ({ secrets: platform.secrets, password })));
      });

      it("is deleted by npm run cluster -- down, with its objects outside of namespaces", async () => {
        const policies = () => kubectl(["get", "validatingadmissionpolicies", "-o", "name"]);
        expect(await policies()).toContain("/gateway-pods\n");
        expect(await runCluster("down", "--yes")).toContain("Deleted the namespace data.");
        expect(await kubectl(["get", "namespace", "data", "--ignore-not-found"])).toBe("");
        expect(await policies()).not.toContain("/gateway-");
      });
    });
  },
);

/** Whether the pod `probe` of a namespace can open a TCP connection to a Service of namespace `data`, or to NAME.NAMESPACE. */
async function connectFromProbe(namespace: string, service: string, port: number): Promise<boolean> {
  const host = service.includes(".") ? service : `${service}.data`;
  const command = ["timeout", "6", "nc", "-w", "4", `${host}.svc.cluster.local`, String(port), "-e", "true"];
  const { code } = await run("kubectl", ["-n", namespace, "exec", "probe", "--", ...command]);
  return code === 0;
}

/** Returns the targets SERVICE:PORT of a list that a pod of a Deployment in `data` can connect to, tried by one Node.js process. */
async function openFromDeployment(
  name: string,
  connections: readonly (readonly [from: string, service: string, port: number, open: boolean])[],
): Promise<string[]> {
  const targets = connections
    .filter(([from]) => from === name)
    .map(([, service, port]) => `${service}:${port}`);
  const script = `for (const target of ${JSON.stringify(targets)}) {
    const [host, port] = target.split(":");
    const socket = require("net").connect({ host, port, timeout: 4000 }, () => {
      console.log(target);
      socket.destroy();
    });
    socket.on("timeout", () => socket.destroy()).on("error", () => {});
  }`;
  return (await inData("exec", `deployment/${name}`, "--", "node", "-e", script)).trim().split("\n");
}

/** A pod that waits for commands. */
function probe(namespace: string, app: string): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "probe", namespace, labels: { app } },
    spec: {
      terminationGracePeriodSeconds: 0,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "probe",
          image: "localhost/busybox:1",
          command: ["sleep", "3600"],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
    },
  };
}
