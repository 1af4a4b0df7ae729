import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type RequestOptions, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { elasticsearchStore } from "@platform/gateway/console/documents/elasticsearch-store";
import { passwordHash } from "@platform/secrets/password-hash";
import {
  type ClusterNode,
  type StartedElasticsearchCluster,
  startElasticsearchCluster,
} from "../support/elasticsearch/elasticsearch-cluster.ts";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { makeSecretsFolder, type SecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { run } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { nextSecond, waitFor } from "../support/wait-for.ts";

const minute = 60_000;
const base = join(root, "deploy", "base");
const templates = join(root, "deploy", "components", "elasticsearch-cluster");

interface Answer {
  status: number;
  text: string;
}

const line = (value: object) => `${JSON.stringify(value)}\n`;
const bulk = (operation: string, index: string, id = "1") =>
  `${line({ [operation]: { _index: index, _id: id } })}${operation === "delete" ? "" : line({ polarity: 1 })}`;
/** The version that tweet-enrich and NiFi give a post with a time. */
const versioned = `${line({ index: { _index: "sentiment-2018-10", _id: "v", version: 5, version_type: "external" } })}${line({ polarity: 1 })}`;
const search = "sentiment-*/_search?filter_path=hits.total";
const repository = '{"type":"fs","settings":{"location":"backups"}}';

/** A request of a user, and its status, or that of the item of a bulk request. */
interface Right {
  user: string;
  description: string;
  status: number;
  method: string;
  path: string;
  body?: string;
}

const right =
  (description: string, status: number, method: string, path: string, body?: string) => (user: string) =>
    ({ user, description, status, method, path, ...(body === undefined ? {} : { body }) }) satisfies Right;
const bulkRight = (description: string, status: number, body: string) =>
  right(description, status, "POST", "_bulk?timeout=2s", body);
const reads = (status: number) => right("a search", status, "GET", search);
const deletesIndex = right("the deletion of an index", 403, "DELETE", "sentiment-2018-10");

const rightsOfWriters = [
  bulkRight("a new document in a new index", 201, bulk("create", "sentiment-new")),
  bulkRight("a version of a document", 201, versioned),
  bulkRight("a document elsewhere", 403, bulk("create", "other")),
  bulkRight("a deletion", 403, bulk("delete", "sentiment-2018-10")),
  reads(403),
  deletesIndex,
  right("the cluster's health", 403, "GET", "_cluster/health"),
];
const rightsOfReaders = [
  reads(200),
  right("the mappings", 200, "GET", "sentiment-*/_mapping"),
  right("a search elsewhere", 403, "GET", "other/_search"),
  bulkRight("a document", 403, bulk("create", "sentiment-2018-10")),
  deletesIndex,
];
const rights: Readonly<Record<string, readonly ((user: string) => Right)[]>> = {
  "tweet-enrich": rightsOfWriters,
  nifi: [
    bulkRight("a document that is stored already", 409, bulk("create", "sentiment-new")),
    ...rightsOfWriters.slice(2),
  ],
  gateway: rightsOfReaders,
  notebooks: rightsOfReaders,
  "elasticsearch-exporter": [
    right("the nodes' numbers", 200, "GET", "_nodes/stats?filter_path=_nodes"),
    right("the indexes' numbers", 200, "GET", "_all/_stats?filter_path=_shards"),
    reads(403),
  ],
  "elasticsearch-templates": [reads(403), right("another index", 403, "PUT", "another")],
  "elasticsearch-snapshots": [
    reads(403),
    right("a restore", 403, "POST", "_snapshot/backups/any/_restore"),
    deletesIndex,
  ],
  probe: [
    right("the cluster's health", 200, "GET", "_cluster/health"),
    right("the cluster's state", 403, "GET", "_cluster/state"),
    reads(403),
  ],
};
const allRights = Object.entries(rights).flatMap(([user, list]) => list.map((make) => make(user)));

/** Declares tests of three nodes as processes, with the settings of the manifests. */
export function describeElasticsearchCluster(): void {
  describe("components/elasticsearch-cluster with components/store-logins", () => {
    let cluster: StartedElasticsearchCluster;
    let secrets: SecretsFolder;
    let snapshots: string;
    beforeAll(async () => {
      snapshots = mkdtempSync(join(tmpdir(), "snapshots-"));
      chmodSync(snapshots, 0o777);
      cluster = await startElasticsearchCluster({ snapshots });
      secrets = makeSecretsFolder({ ca: cluster.ca });
      for (const user of ["tweet-enrich", "gateway", "elasticsearch-templates", "elasticsearch-snapshots"])
        secrets.write(user, cluster.login(user));
    }, 10 * minute);
    afterAll(async () => {
      await cluster?.[Symbol.asyncDispose]();
      secrets?.[Symbol.dispose]();
      rmSync(snapshots, { recursive: true, force: true });
    }, minute);

    const settings = (user: string) => ({
      SECRETS_DIR: secrets.path,
      ELASTICSEARCH_BASIC_SECRET_NAME: user,
      ELASTICSEARCH_CA_SECRET_NAME: "ca",
    });
    /** Runs a job's script with its user's files. */
    const script = (path: string, user: string, env: Record<string, string> = {}) =>
      run("sh", [path], {
        env: {
          ELASTICSEARCH_URL: cluster.nodes[0]!.url,
          ELASTICSEARCH_CA_FILE: join(secrets.path, "ca"),
          ELASTICSEARCH_LOGIN_FILE: join(secrets.path, user),
          ...env,
        },
      });
    const sendAs = (login: string, node: ClusterNode, method: string, path: string, body?: string) => {
      const headers = { "content-type": "application/json" };
      return call(`${node.url}/${path}`, { ca: cluster.ca, auth: login, method, headers }, body);
    };
    const ask = (user: string, method: string, path: string, body?: string, node = cluster.nodes[0]!) =>
      sendAs(cluster.login(user), node, method, path, body);
    const askJson = async (path: string, node?: ClusterNode) =>
      JSON.parse((await ask("admin", "GET", path, undefined, node)).text);
    const isReady = async (node: ClusterNode) => (await node.probe()).code === 0;

    it(
      "form one cluster, and become ready",
      async () => {
        for (const node of cluster.nodes) await waitFor(node.name, () => isReady(node), minute);
        const nodes: { name: string }[] = await askJson("_cat/nodes?format=json&h=name");
        expect(nodes.map(({ name }) => name).sort()).toEqual(cluster.nodes.map(({ name }) => name));
      },
      3 * minute,
    );

    it(
      "get the templates from the job's user: three shards, each on two nodes",
      async () => {
        const folder = mkdtempSync(join(tmpdir(), "templates-"));
        for (const [from, file] of [
          [join(base, "elasticsearch"), "put-templates.sh"],
          [join(base, "elasticsearch"), "sentiment-index-template.json"],
          [templates, "sentiment-shards.json"],
        ] as const)
          writeFileSync(join(folder, file), readFileSync(join(from, file)));
        const putTemplates = (user: string) => script(join(folder, "put-templates.sh"), user, { TRIES: "1" });
        expect((await putTemplates("gateway")).stderr).toContain("(status 403)");
        const { code, stderr } = await putTemplates("elasticsearch-templates");
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        rmSync(folder, { recursive: true });
        expect((await ask("tweet-enrich", "POST", "_bulk", bulk("create", "sentiment-2018-10"))).status).toBe(
          200,
        );
        await ask("admin", "PUT", "other");
        await ask("admin", "GET", "_cluster/health?wait_for_status=green&timeout=30s");
        const shards: { shard: string; node: string }[] = await askJson(
          "_cat/shards/sentiment-2018-10?format=json&h=shard,node",
        );
        const allocations = new Set(shards.map(({ shard, node }) => `${shard} ${node}`));
        expect([shards.length, allocations.size]).toEqual([6, 6]);
      },
      minute,
    );

    it.each(allRights)(
      "answer $user with $status for $description",
      async ({ user, status, method, path, body }) => {
        const answer = await ask(user, method, path, body);
        if (body === undefined) return expect(answer).toMatchObject({ status });
        // A user without any write access gets 403 for the whole bulk request.
        const items: { create?: { status: number }; index?: { status: number } }[] =
          JSON.parse(answer.text).items ?? [];
        const [outcome = answer] = items.map((item) => Object.values(item)[0]!);
        expect(outcome.status).toBe(status);
      },
    );

    it("store documents of tweet-enrich, and answer the console", async () => {
      const { url } = cluster.nodes[1]!;
      await using enrich = await startTweetEnrich({ ...settings("tweet-enrich"), ELASTICSEARCH_URL: url });
      expect((await enrich.send(tweet("shown"))).status).toBe(200);
      const store = elasticsearchStore(url, settings("gateway"));
      await ask("admin", "POST", "sentiment-*/_refresh");
      expect(await store.read({ index: "sentiment-2018-10", id: "shown" })).toMatchObject({ polarity: 0.6 });
      await store.close();
    });

    it("take a snapshot for the user of the nightly job", async () => {
      const path = join(base, "elasticsearch-snapshots", "take-snapshot.sh");
      for (const night of [1, 2]) {
        const env = { REPOSITORY: repository, KEEP: "1" };
        const { code, stdout, stderr } = await script(path, "elasticsearch-snapshots", env);
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(stdout.includes("deleted")).toBe(night === 2);
        // A snapshot's name has its second.
        await nextSecond();
      }
    });

    it("refuse clients without a login or TLS, and nodes without a certificate", async () => {
      const [node] = cluster.nodes;
      expect((await call(`${node!.url}/`, { ca: cluster.ca })).status).toBe(401);
      await expect(fetch(node!.url.replace("https:", "http:"))).rejects.toThrow();
      expect(await handshake(node!.transportPort, { ca: cluster.ca })).toBe("refused");
      const { "tls.crt": cert, "tls.key": key } = cluster.secret;
      expect(await handshake(node!.transportPort, { ca: cluster.ca, cert: cert!, key: key! })).toBe("open");
    });

    it(
      "accept a changed password and another certificate without a restart",
      async () => {
        const [firstNode] = cluster.nodes;
        const users = cluster.secret.users!.replace(
          /^notebooks:.*$/m,
          () => `notebooks:${passwordHash("correct:horse")}`,
        );
        // First all nodes trust both authorities, then all present the new certificate.
        const { "ca.crt": ca, ...certificate } = cluster.replacement;
        for (const node of cluster.nodes) node.swapFiles({ users, "ca.crt": ca! });
        const readStatus = async (login: string) => (await sendAs(login, firstNode!, "GET", search)).status;
        await waitFor(
          "the new password",
          async () => (await readStatus("notebooks:correct:horse")) === 200,
          20_000,
        );
        expect(await readStatus(cluster.login("notebooks"))).toBe(401);
        for (const node of cluster.nodes) node.swapFiles(certificate);
        const trusted = { ca: ca!.slice(cluster.secret["ca.crt"]!.length), auth: cluster.login("probe") };
        await waitFor(
          "the new certificate",
          () =>
            call(`${firstNode!.url}/_cluster/health`, trusted).then(
              ({ status }) => status === 200,
              () => false,
            ),
          20_000,
        );
      },
      minute,
    );

    it(
      "continue to store and answer after the master is killed, and accept it back",
      async () => {
        const [{ node: name }] = await askJson("_cat/master?format=json&h=node");
        const master = cluster.nodes.find((node) => node.name === name)!;
        const other = cluster.nodes.find((node) => node !== master)!;
        await using enrich = await startTweetEnrich({
          ...settings("tweet-enrich"),
          ELASTICSEARCH_URL: other.url,
        });
        const ids = (batch: number) => Array.from({ length: 20 }, (_, index) => `k${batch}-${index}`);
        let slowestMs = 0;
        for (let batch = 0; batch < 20; batch += 1) {
          if (batch === 5) await master.kill();
          const begin = Date.now();
          // The connector repeats calls that fail.
          const send = async () => (await enrich.send(ids(batch).map(tweet))).status === 200;
          await waitFor("a batch stored", send, minute);
          slowestMs = Math.max(slowestMs, Date.now() - begin);
        }
        expect(slowestMs).toBeLessThan(minute);
        const degraded = await askJson("_cluster/health", other);
        expect(degraded).toMatchObject({ status: "yellow", number_of_nodes: 2 });
        await ask("admin", "POST", "sentiment-*/_refresh", undefined, other);
        const query = JSON.stringify({
          query: { ids: { values: Array.from({ length: 20 }, (_, n) => ids(n)).flat() } },
        });
        const { text } = await ask("gateway", "POST", "sentiment-*/_count", query, other);
        expect(JSON.parse(text)).toMatchObject({ count: 400, _shards: { failed: 0 } });
        await master.start();
        await waitFor(`${name} ready`, () => isReady(master), minute);
        await waitFor(
          "all copies on three nodes",
          async () => {
            const health = await askJson("_cluster/health", master);
            return health.status === "green" && health.number_of_nodes === 3;
          },
          minute,
        );
      },
      4 * minute,
    );
  });
}

const tweet = (id: string) => ({ id, text: "People are kind", created_at: "2018-10-10T20:19:24Z" });

function call(url: string, options: RequestOptions, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, agent: false }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode!, text });
    });
    sent.on("error", reject).end(body);
  });
}

/** Whether a server keeps a TLS connection with these certificates open. It refuses after its own part of the handshake. */
function handshake(
  port: number,
  options: { ca: string; cert?: string; key?: string },
): Promise<"open" | "refused"> {
  return new Promise((resolve) => {
    const socket = connect({ ...options, host: "127.0.0.1", port });
    const end = (outcome: "open" | "refused") => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end(socket.authorized ? "open" : "refused"), 2_000);
    socket.on("error", () => end("refused")).on("close", () => end("refused"));
  });
}
