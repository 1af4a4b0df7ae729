import { makeOverlay } from "../support/gateway/local-platform.ts";
import { kafkaClient } from "../support/kafka/topic-messages.ts";
import { awaitRollout, forward, inData, replacePod } from "../support/kubernetes/data-namespace.ts";
import { applyObjects, type KubernetesObject, render } from "../support/kubernetes/kubernetes.ts";
import {
  callNifi,
  clusterNodes,
  queuedFlowFiles,
  runNifiCommand,
  storedGroups,
} from "../support/kubernetes/nifi-nodes.ts";
import { awaitDocuments } from "../support/kubernetes/platform-tweets.ts";
import { startTweetPoster } from "../support/kubernetes/tweet-poster.ts";
import { succeed } from "../support/process/command.ts";
import { waitFor } from "../support/wait-for.ts";

/** The image that components/images names. */
export const nifiImage = "apache/nifi:2.3.0";

const minute = 60_000;
/** Only the flow reads this topic, so its documents in Elasticsearch passed NiFi twice. */
const topic = "twitter-nifi";
const address = (pod: string) => `${pod}.nifi.data.svc.cluster.local`;

/** Declares tests of NiFi on a platform that has all other parts: two nodes, the flow, and a killed coordinator. */
export function describeNifi(secrets: () => string): void {
  beforeAll(async () => {
    await createTopic(topic);
    await applyNifi(["nifi-cluster"]);
    await awaitRollout("statefulset/nifi");
  }, 6 * minute);
  afterAll(async () => {
    await removeNifi();
  }, 3 * minute);

  it("forms a cluster of two nodes, and elects leaders by leases", async () => {
    const nodes = await awaitNodes(2);
    expect(nodes.map((node) => node.address).sort()).toEqual([address("nifi-0"), address("nifi-1")]);
    const roles = nodes.flatMap((node) => node.roles).sort();
    expect(roles).toEqual(["Cluster Coordinator", "Primary Node"]);
    expect(address(await coordinator())).toBe(
      nodes.find((node) => node.roles.includes("Cluster Coordinator"))?.address,
    );
  });

  it("deploys the flow over HTTPS, with the login of npm run secrets, to both nodes", async () => {
    const settings = { CONSUMER_GROUP: topic, TWITTER_TOPIC: topic };
    await runNifiCommand(secrets(), ["deploy"], settings);
    await runNifiCommand(secrets(), ["status"]);
    const stored = await waitFor("the flow on both nodes", async () => {
      const [first, second] = [await storedGroups("nifi-0"), await storedGroups("nifi-1")];
      return first.length > 0 && JSON.stringify(first) === JSON.stringify(second) && first;
    });
    expect(stored).toEqual([expect.stringMatching(/^Twitter Sentiment v2 /)]);
  });

  it("serves metrics only to clients with a certificate", async () => {
    const metrics = await callNifi("nifi-0", "flow/metrics/prometheus");
    expect(metrics).toMatch(/^nifi_amount_flowfiles_received\{.*component_name="Twitter Sentiment v2"/m);
    await using forwarded = await forward("nifi-0", 8443);
    const url = `https://localhost:${forwarded.port}/nifi-api/flow/metrics/prometheus`;
    const curl = ["-sk", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Host: nifi.data:8443", url];
    expect(await succeed("curl", curl)).toBe("401");
  });

  it(
    "loses no tweet when the coordinator is killed, and the other node takes over",
    async () => {
      const ids = Array.from({ length: 500 }, (_, index) => `7${String(index).padStart(4, "0")}`);
      await using poster = await startTweetPoster("http://nifi-listen.data:9980/tweets", ids, 200);
      await poster.accepted(100, 3 * minute);
      const killed = await coordinator();
      const other = killed === "nifi-0" ? "nifi-1" : "nifi-0";
      const replaced = replacePod(killed);
      await waitFor("another coordinator", async () => (await coordinator()) === other, minute);
      await poster.accepted(ids.length, 3 * minute);
      await replaced;
      await awaitNodes(2);
      await awaitDocuments(ids);
      await waitFor("empty queues", async () => (await queuedFlowFiles(other)) === 0, minute);
    },
    6 * minute,
  );
}

/** Applies NiFi of overlays/local with components, without the anti-affinity, because there is one machine. */
export async function applyNifi(components: readonly string[] = []): Promise<void> {
  using overlay = makeOverlay("local", components);
  const objects = (await render(overlay.folder)).filter(isNifi);
  for (const { spec } of objects) delete spec?.template?.spec.affinity;
  await applyObjects(objects);
}

/** Removes NiFi with its volumes and the objects that it created in the namespace. */
export async function removeNifi(): Promise<void> {
  await inData("delete", "statefulset", "nifi", "--ignore-not-found", "--cascade=foreground");
  await inData("delete", "persistentvolumeclaim", "-l", "app=nifi");
  for (const kind of ["lease", "configmap"]) {
    const names = (await inData("get", kind, "-o", "name")).split("\n");
    const own = names.filter((name) => /\/nifi-(?!start)/.test(name));
    if (own.length > 0) await inData("delete", ...own);
  }
}

const isNifi = ({ metadata }: KubernetesObject) => metadata.labels?.["app.kubernetes.io/name"] === "nifi";

/** Returns the pod that holds the coordinator's lease. */
async function coordinator(): Promise<string> {
  const holder = await inData(
    "get",
    "lease",
    "nifi-cluster-coordinator",
    "-o",
    "jsonpath={.spec.holderIdentity}",
  );
  return holder.split(".")[0]!;
}

/** Waits until this number of nodes is connected, and no other node connects or disconnects. An offloaded node may be listed. */
export async function awaitNodes(count: number, pod = "nifi-0") {
  return await waitFor(
    `${count} nodes`,
    async () => {
      const nodes = await clusterNodes(pod).catch(() => []);
      const present = nodes.filter(({ status }) => status !== "OFFLOADED");
      return present.length === count && present.every(({ status }) => status === "CONNECTED") && present;
    },
    2 * minute,
  );
}

async function createTopic(name: string): Promise<void> {
  await using kafka = await forward("kafka-0", 9092);
  const admin = kafkaClient("kafka.data:9092", { host: "127.0.0.1", port: kafka.port }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: name, numPartitions: 4, replicationFactor: 1 }] });
  await admin.disconnect();
}
