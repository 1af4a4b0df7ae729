// needs: kubernetes-api go java
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseRights } from "@platform/topics/access-rights";
import { stringify } from "yaml";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { hasMaven } from "../support/java/maven.ts";
import { elasticsearchCrd } from "../support/kubernetes/elasticsearch-crd.ts";
import {
  awaitDefinitions,
  hasKubernetes,
  type KubernetesObject,
  kubectl,
  render,
} from "../support/kubernetes/kubernetes.ts";
import { unknownStrimziProperties } from "../support/kubernetes/strimzi-resources.ts";
import { run, succeed } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

jest.setTimeout(300_000);

const deploy = join(root, "deploy");
const strict = ["--dry-run=server", "--validate=strict", "--warnings-as-errors", "-o", "name"];

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let objects: KubernetesObject[];
  let production: KubernetesObject[];
  beforeAll(async () => {
    [objects, production] = (await Promise.all(
      ["operators", "production"].map((overlay) => render(join(deploy, "overlays", overlay))),
    )) as [KubernetesObject[], KubernetesObject[]];
  });
  const filterByKind = (kind: string) => objects.filter((object) => object.kind === kind);
  const isStrimzi = ({ apiVersion }: KubernetesObject) => apiVersion === "kafka.strimzi.io/v1";

  requireService("Go, which downloads ECK's definitions", hasGo(), () => {
    let definition: string;
    beforeAll(async () => {
      await kubectl(["apply", "-k", join(deploy, "base", "namespace")]);
      definition = await elasticsearchCrd();
      // Too large for the annotation of `kubectl apply`.
      await kubectl(["apply", "--server-side", "-f", definition]);
      await awaitDefinitions([definition]);
    });
    afterAll(() => kubectl(["delete", "-f", definition, "--wait=false"]));

    it("an API server with ECK's definitions accepts all resources but Strimzi's without a warning", async () => {
      const known = objects.filter((object) => !isStrimzi(object));
      expect(known).toContainEqual(expect.objectContaining({ kind: "Elasticsearch" }));
      const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: known });
      const applied = await succeed("kubectl", ["apply", "-f", "-", ...strict], { input });
      expect(applied.trim().split("\n")).toHaveLength(known.length);
    });

    it("an API server with ECK's definitions refuses an Elasticsearch with an unknown property", async () => {
      const [elasticsearch] = filterByKind("Elasticsearch");
      const input = stringify({ ...elasticsearch, spec: { ...elasticsearch!.spec, nodeSet: [] } });
      await expect(succeed("kubectl", ["apply", "-f", "-", ...strict], { input })).rejects.toThrow(
        'unknown field "spec.nodeSet"',
      );
    });
  });

  requireService("Maven and Java, for Strimzi's classes", hasMaven(), () => {
    it("Strimzi's classes know every property of its resources, and report an unknown one", async () => {
      const resources = objects.filter(isStrimzi);
      const [kafka] = filterByKind("Kafka");
      const wrong = { ...kafka!, spec: { ...kafka!.spec, racks: {} } };
      expect(await unknownStrimziProperties([...resources, wrong])).toEqual(["Kafka kafka.spec.racks"]);
    });
  });

  it("the overlay has no objects of our own Kafka and Elasticsearch", () => {
    const names = objects
      .filter(({ kind }) => ["StatefulSet", "Service", "PodDisruptionBudget", "Job"].includes(kind))
      .map(({ metadata }) => metadata.name);
    expect(names).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(kafka|kafka-topics|elasticsearch|elasticsearch-nodes)$/),
      ]),
    );
    expect(JSON.stringify(objects)).not.toMatch(/kafka(\.data)?:9092|\belasticsearch(\.data)?:9200/);
  });

  it("the topics are those of overlays/production, on three brokers", () => {
    const [container] = production.find(
      ({ kind, metadata }) => kind === "Job" && metadata.name === "kafka-topics",
    )!.spec.template.spec.containers;
    const { value } = container.env.find(({ name }: { name: string }) => name === "TOPICS");
    expect(
      filterByKind("KafkaTopic")
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(value.split(" ").sort());
    for (const { spec } of filterByKind("KafkaTopic"))
      expect(spec).toMatchObject({ partitions: 3, replicas: 3 });
  });

  it("each topic has the settings of make-topics.sh", async () => {
    for (const { metadata, spec } of filterByKind("KafkaTopic")) {
      const settings = Object.entries(spec.config ?? {}).map(([name, value]) => `${name}=${value}`);
      const expected = await topicSettings(metadata.name);
      expect([metadata.name, ...settings.sort()]).toEqual([metadata.name, ...expected.sort()]);
    }
  });

  it("each user of Kafka has the rights and the password of overlays/production", () => {
    const lines = filterByKind("KafkaUser").flatMap(({ metadata, spec }) => {
      const user = metadata.name;
      expect(spec.authentication.password.valueFrom.secretKeyRef).toEqual({
        name: "kafka",
        key: `${user}.password`,
      });
      return (spec.authorization.acls as Acl[]).map((acl) => rightsLine(user, acl));
    });
    const file = join(deploy, "components", "store-logins", "kafka", "rights.txt");
    expect(toRights(lines.join("\n"))).toEqual(toRights(readFileSync(file, "utf8")));
  });

  it("Elasticsearch has the users' roles of overlays/production", () => {
    const [secret] = filterByKind("Secret");
    for (const name of ["roles.yml", "users_roles"]) {
      const file = readFileSync(join(deploy, "components", "store-logins", "elasticsearch", name));
      expect([name, secret!.data[name].replaceAll(/\s/g, "")]).toEqual([name, file.toString("base64")]);
    }
    expect(filterByKind("Elasticsearch")[0]!.spec.auth.fileRealm).toContainEqual({
      secretName: secret!.metadata.name,
    });
  });

  it("each client has its own logins and the operators' authorities, in the files that its settings name", () => {
    const clients = filterByKind("Deployment").filter(({ spec }) =>
      JSON.stringify(spec).includes("KAFKA_SASL_SECRET_NAME"),
    );
    expect(clients.map(({ metadata }) => metadata.name).sort()).toEqual([
      "gateway",
      "kafka-connector",
      "tweet-enrich",
    ]);
    for (const { metadata, spec } of clients) {
      const pod = spec.template.spec;
      const env: { name: string; value: string }[] = pod.containers[0].env;
      const secretSettings = env.filter(({ name }) => /_(CA|SASL|BASIC)_SECRET_NAME$/.test(name));
      const { sources } = pod.volumes.find(({ name }: { name: string }) => name === "secrets").projected;
      const files = (sources as Source[]).flatMap(({ secret }) =>
        secret.items.map(({ path }) => `${path} of ${secret.name}`),
      );
      const from: Readonly<Record<string, string>> = {
        "kafka-login": `${metadata.name}-stores`,
        "elasticsearch-login": `${metadata.name}-stores`,
        "kafka-ca": "kafka-cluster-ca-cert",
        "elasticsearch-ca": "elasticsearch-es-http-certs-public",
      };
      expect(files.sort()).toEqual(secretSettings.map(({ value }) => `${value} of ${from[value]}`).sort());
    }
  });
});

/** The settings with which make-topics.sh creates a topic, as arguments for Kafka's program. */
async function topicSettings(topic: string): Promise<string[]> {
  const script = join(deploy, "base", "kafka", "make-topics.sh");
  const env = { BROKERS: "kafka:9092", TOPICS: topic, PARTITIONS: "3" };
  const [call] = await recordCalls("kafka-topics.sh", script, env);
  return [...call!.matchAll(/--config (\S+)/g)].map(([, setting]) => setting!);
}

/** Converts a right to a line of rights.txt. */
function rightsLine(user: string, { resource, operations }: Acl): string {
  const { type, name = "kafka-cluster", patternType } = resource;
  const ourType = type === "transactionalId" ? "transactional-id" : type;
  return `${user} ${operations.join()} ${ourType} ${name}${patternType === "prefix" ? "*" : ""}`;
}

/** Returns the rights of such lines, as job kafka-topics adds them, in any order. */
const toRights = (text: string) =>
  parseRights(text)
    .map((entry) => JSON.stringify(entry))
    .sort();

/** The arguments of each call that a script makes to a program of Kafka, one call on each line. */
async function recordCalls(program: string, script: string, env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "kafka-"));
  try {
    writeFileSync(join(folder, program), '#!/bin/sh\necho "$@" >&2\n', { mode: 0o755 });
    const { PATH } = process.env;
    const settings = { ...env, PATH: `${folder}:${PATH}` };
    return (await run("/bin/sh", [script], { env: settings })).stderr.trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Acl {
  resource: { type: string; name?: string; patternType?: string };
  operations: string[];
}

interface Source {
  secret: { name: string; items: { path: string }[] };
}
