// The platform on a one-node cluster: backed up, deleted with its volumes, and restored into an empty namespace by the commands of
// docs/how-to/back-up-and-restore.md.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  allDocuments,
  type BackUpShell,
  backupFileSize,
  describeBackUp,
  openBackUpShell,
} from "../e2e/backed-up-platform.ts";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { clusterLoad, type LocalPlatform, startLocalPlatform } from "../support/gateway/local-platform.ts";
import { hasMaven } from "../support/java/maven.ts";
import { kafkaClient } from "../support/kafka/topic-messages.ts";
import { awaitDeployments, awaitRollout, forward, inData } from "../support/kubernetes/data-namespace.ts";
import { hasKubernetes, kubectl } from "../support/kubernetes/kubernetes.ts";
import { awaitDocuments, sendTweets } from "../support/kubernetes/platform-tweets.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const isAvailable = clusterLoad !== undefined && hasKubernetes() && hasFaasCli() && hasGo() && hasMaven();

const minute = 60_000;
jest.setTimeout(15 * minute);

/** Apps that are left out: the image of NiFi comes from a registry. */
const leftOut = ["nifi", "nifi-listen"];
const overlay = join(root, "deploy", "overlays", "local");
const parts = [
  "statefulset/kafka",
  "statefulset/elasticsearch",
  "statefulset/eth-geth-tx",
  "statefulset/eth-geth-miner",
];

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);
const timed = async <T>(description: string, work: () => Promise<T>): Promise<T> => {
  const begin = Date.now();
  const result = await work();
  say(`${description}: ${((Date.now() - begin) / 1_000).toFixed(1)} s`);
  return result;
};
const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, () => `${prefix}-${randomUUID()}`);
const geth = (expression: string) =>
  inData("exec", "-c", "geth", "eth-geth-tx-0", "--", "geth", "attach", "--exec", expression);
const blockHash = (number: string) => geth(`eth.getBlock(${number}).hash`);

requireService(
  "a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker, faas-cli, Go and Maven",
  isAvailable,
  () => {
    describe("a platform that is restored into an empty cluster", () => {
      const delivered = ids("delivered", 5_000);
      const waiting = ids("waiting", 500);
      let platform: LocalPlatform;
      let shell: BackUpShell;
      beforeAll(async () => {
        platform = await startLocalPlatform({ without: leftOut });
        await allReady();
        await sendTweets(delivered);
        await awaitDocuments(delivered);
      }, 30 * minute);
      afterAll(async () => {
        await shell?.[Symbol.asyncDispose]();
        await platform?.[Symbol.asyncDispose]();
      }, 5 * minute);

      describe("backups and a rollback", describeBackUp);

      it("has the same topics, documents and blocks, and continues", async () => {
        shell = await openBackUpShell();
        await inData("scale", "deployment/kafka-connector", "--replicas=0");
        await inData("wait", "--for=delete", "pod", "-l", "app=kafka-connector", "--timeout=2m");
        await sendTweets(waiting);
        const before = await allDocuments(shell.elasticsearch);
        await timed("topics backed up", () => shell.run("Back up:"));
        await timed("indexes backed up", () => shell.run("Back up. `include_global_state`"));
        const number = (await geth("eth.blockNumber")).trim();
        const hash = await blockHash(number);
        await timed("chain backed up", () => shell.run("A transaction node exports"));
        say(
          `${before.length} documents, ${number} blocks; elasticsearch.tar.gz has ${backupFileSize(shell, "elasticsearch.tar.gz")} bytes`,
        );

        await timed("namespace deleted and made anew", recreate);
        await shell.reconnect();
        await timed("chain restored", () => shell.run("Restore into a network that was started"));
        expect(await blockHash(number)).toBe(hash);
        expect(await allDocuments(shell.elasticsearch)).toEqual([]);
        // The commands for Kafka stop the connector, and the topic has no messages yet.
        await timed("indexes restored", () => shell.run("Restore into an empty cluster. Stop the connector"));
        expect(await allDocuments(shell.elasticsearch)).toEqual(before);
        const compared = await timed("topics restored", () =>
          shell.run("Restore into an empty cluster. The consumers"),
        );
        expect(compared).toContain("twitter: equal to");

        const restored = await awaitDocuments([...delivered, ...waiting]);
        expect(restored.size).toBe(before.length + waiting.length);
        // A document that the connector delivered again would have another version.
        const repeated = [...delivered, ...waiting].filter((id) => restored.get(id)!._version > 1);
        expect(repeated).toEqual([]);
        await waitFor("an empty lag", async () => (await lag()) === 0, 2 * minute);
        const next = `eth.blockNumber > ${number}`;
        await waitFor("the next block", async () => (await geth(next)).trim() === "true", 3 * minute);
        expect(await blockHash(number)).toBe(hash);
      });

      async function recreate(): Promise<void> {
        await kubectl(["delete", "namespace", "data"]);
        await kubectl(["apply", "-k", join(root, "deploy", "base", "namespace")]);
        for (const folder of ["kubernetes", "kubernetes-gateway"])
          await kubectl(["apply", "-f", join(platform.secrets, folder)]);
        await kubectl(["apply", "-k", overlay, "-l", `app notin (${leftOut.join()})`]);
        await allReady();
      }
    });
  },
);

async function allReady(): Promise<void> {
  for (const part of parts) await awaitRollout(part);
  await inData("wait", "--for=condition=Complete", "job/kafka-topics", "--timeout=200s");
  await inData("wait", "--for=condition=Complete", "job/elasticsearch-templates", "--timeout=200s");
  await awaitDeployments(5 * minute);
}

/** Returns the number of messages that the connector has not delivered yet. */
async function lag(): Promise<number> {
  await using kafka = await forward("kafka-0", 9092);
  const admin = kafkaClient("kafka.data:9092", { host: "127.0.0.1", port: kafka.port }).admin();
  await admin.connect();
  const [offsets] = await admin.fetchOffsets({
    groupId: "kafka-connector-tweet-enrich",
    topics: ["twitter"],
  });
  const ends = await admin.fetchTopicOffsets("twitter");
  await admin.disconnect();
  const next = new Map(offsets!.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return ends.reduce(
    (sum, { partition, high }) => sum + Number(high) - Math.max(next.get(partition) ?? 0, 0),
    0,
  );
}
