// needs: kubernetes-api
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { functionManifests } from "@platform/gateway/cluster/function-manifests";
import { parseAllDocuments } from "yaml";
import { stackFunctions } from "../support/functions/stack-functions.ts";
import { describeGatewayApi } from "../support/gateway/api-conformance.ts";
import { type StartedGatewayOnApi, startGatewayOnApi } from "../support/gateway/gateway-on-api.ts";
import { httpCall } from "../support/http/http-call.ts";
import { type StartedGatewayAccount, startGatewayAccount } from "../support/kubernetes/gateway-account.ts";
import {
  applyObjects,
  hasKubernetes,
  type KubernetesObject,
  kubectl,
} from "../support/kubernetes/kubernetes.ts";
import { type StartedKubernetesApi, startKubernetesApi } from "../support/kubernetes/kubernetes-api.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const overlays = join(root, "deploy", "overlays");
const namespace = `provider-api-${process.pid}`;
const image = "registry.example.com/me/greet:1.0.0";
const collections: Record<string, string> = {
  Deployment: "apis/apps/v1/namespaces/NS/deployments",
  Service: "api/v1/namespaces/NS/services",
  HorizontalPodAutoscaler: "apis/autoscaling/v2/namespaces/NS/horizontalpodautoscalers",
  PodDisruptionBudget: "apis/policy/v1/namespaces/NS/poddisruptionbudgets",
  Secret: "api/v1/namespaces/NS/secrets",
  ConfigMap: "api/v1/namespaces/NS/configmaps",
};
const kinds = ["Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget"];
const scale = (label: string) => `com.openfaas.scale.${label}`;

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let account: StartedGatewayAccount;
  let api: StartedKubernetesApi;
  let gateway: StartedGatewayOnApi;
  beforeAll(async () => {
    account = await startGatewayAccount(namespace, join(overlays, "provider"));
    [api, gateway] = await Promise.all([
      startKubernetesApi(),
      startGatewayOnApi(namespace, { ASYNC_QUEUE: "memory" }),
      createForeignObjects(),
    ]);
  }, 60_000);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
    await api?.[Symbol.asyncDispose]();
    await account?.[Symbol.asyncDispose]();
  }, 60_000);

  const toPath = (kind: string, name: string, ns = namespace) =>
    `/${collections[kind]!.replace("NS", ns)}/${name}`;
  const read = (kind: string, name: string, ns?: string) => api.call("GET", toPath(kind, name, ns));
  const storedKinds = async (name: string, ns?: string) => {
    const answers = await Promise.all(kinds.map((kind) => read(kind, name, ns)));
    return kinds.filter((_, index) => answers[index]!.status === 200);
  };
  const readReplicas = async (name: string) => (await read("Deployment", name)).body.spec.replicas;
  const deploy = (service: string, more: object = {}, method = "POST") =>
    gateway.send(method, "/system/functions", { service, image, ...more });
  const problem = ({ status, body }: { status: number; body: string }) => [status, JSON.parse(body).code];
  const readStatus = async (answer: Promise<{ status: number; body: string }>) => {
    const { status, body } = await answer;
    return body === "" ? status : [status, body];
  };

  it("deploys the objects of npm run manifests, except for the owner label", async () => {
    const rendered = parseObjects(functionManifests(stackFunctions));
    for (const { kind, metadata, spec } of rendered) {
      if (kind !== "Deployment") continue;
      // As deploy/components/images does.
      spec.template.spec.containers[0].image = stackFunctions.find(
        ({ name }) => name === metadata.name,
      )!.image;
    }
    const copy = `${namespace}-kubectl`;
    await kubectl(["create", "namespace", copy]);
    try {
      await applyObjects(
        rendered.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: copy } })),
      );
      for (const definition of stackFunctions) {
        const {
          name: service,
          environment: envVars,
          namespace: _,
          unusedKeys,
          handler,
          ...rest
        } = definition;
        expect(await readStatus(deploy(service, { ...rest, envVars }))).toBe(202);
      }
      for (const { kind, metadata } of rendered) {
        const [ours, kubectls] = await Promise.all([
          read(kind, metadata.name),
          read(kind, metadata.name, copy),
        ]);
        expect(comparable(ours.body, "gateway")).toEqual(comparable(kubectls.body));
      }
    } finally {
      await kubectl(["delete", "namespace", copy, "--wait=false"]);
    }
  }, 60_000);

  it("lists, describes and removes a function", async () => {
    expect(await readStatus(deploy("greet", { labels: { team: "a" }, readOnlyRootFilesystem: true }))).toBe(
      202,
    );
    const described = await waitFor("the function", async () => {
      const { status, body } = await httpCall(`${gateway.url}/system/function/greet`);
      return status === 200 && JSON.parse(body);
    });
    expect(described).toMatchObject({ name: "greet", namespace, image, replicas: 1, availableReplicas: 0 });
    expect(described.labels).toMatchObject({ team: "a" });
    expect(await storedKinds("greet")).toEqual(kinds);
    const removal = await gateway.send("DELETE", "/system/functions", { functionName: "greet" });
    expect(removal.status).toBe(200);
    expect(await storedKinds("greet")).toEqual([]);
    expect(problem(await gateway.send("DELETE", "/system/functions", { functionName: "greet" }))).toEqual([
      404,
      "function_not_found",
    ]);
  });

  it("completes a deployment or a removal that was interrupted", async () => {
    await deploy("halfway");
    expect(problem(await deploy("halfway"))).toEqual([409, "function_exists"]);
    for (const kind of ["Service", "PodDisruptionBudget"]) {
      await api.call("DELETE", toPath(kind, "halfway"));
    }
    expect(await readStatus(deploy("halfway"))).toBe(202);
    expect(await storedKinds("halfway")).toEqual(kinds);
    await api.call("DELETE", toPath("Deployment", "halfway"));
    expect((await gateway.send("DELETE", "/system/functions", { functionName: "halfway" })).status).toBe(200);
    expect(await storedKinds("halfway")).toEqual([]);
  });

  it("stores all state in Kubernetes: another gateway completes what a killed one began", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    const killed = await startGatewayOnApi(namespace);
    const requests = names.map((service) =>
      killed.send("POST", "/system/functions", { service, image }).catch(() => undefined),
    );
    await waitFor("a function", async () => (await storedKinds(names[0]!)).length > 0);
    killed.signal("SIGKILL");
    await Promise.all(requests);
    await killed[Symbol.asyncDispose]();
    const half = (await Promise.all(names.map((name) => storedKinds(name)))).filter(
      ({ length }) => length < kinds.length,
    );
    expect(half).not.toEqual([]);
    const answers = await Promise.all(names.map((name) => deploy(name)));
    expect(answers.filter(({ status }) => status !== 202 && status !== 409)).toEqual([]);
    for (const name of names) expect(await storedKinds(name)).toEqual(kinds);
    await Promise.all(
      names.map((functionName) => gateway.send("DELETE", "/system/functions", { functionName })),
    );
    for (const name of names) expect(await storedKinds(name)).toEqual([]);
  }, 30_000);

  it("updates a function: scaling follows its labels, and replicas stay within them", async () => {
    expect(problem(await deploy("elastic", {}, "PUT"))).toEqual([404, "function_not_found"]);
    await deploy("elastic", { labels: { [scale("max")]: "5" }, envVars: { A: "1", B: "1" } });
    expect((await read("HorizontalPodAutoscaler", "elastic")).body.spec).toMatchObject({ maxReplicas: 5 });
    await kubectl(["-n", namespace, "scale", "deployment/elastic", "--replicas=4"]);
    await deploy("elastic", { labels: { [scale("max")]: "6" }, envVars: { A: "2" } }, "PUT");
    expect(await readReplicas("elastic")).toBe(4);
    const { body } = await read("Deployment", "elastic");
    expect(body.spec.template.spec.containers[0].env).toEqual([
      { name: "OPENFAAS_NAME", value: "elastic" },
      { name: "A", value: "2" },
    ]);
    const labels = { [scale("type")]: "rps", [scale("max")]: "3" };
    await deploy("elastic", { labels }, "PUT");
    expect(await storedKinds("elastic")).toEqual(["Deployment", "Service", "PodDisruptionBudget"]);
    expect(await readReplicas("elastic")).toBe(3);
  });

  it.each([
    ["min 2 without an autoscaler", { min: "2", type: "capacity" }, 2],
    ["min 0", { min: "0" }, 0],
    ["max 1", { max: "1" }, 1],
  ])("starts with the replicas of %s", async (_, labels, replicas) => {
    const name = `begins-with-${replicas}`;
    const scaling = Object.fromEntries(Object.entries(labels).map(([key, value]) => [scale(key), value]));
    expect(await readStatus(deploy(name, { labels: scaling }))).toBe(202);
    expect(await readReplicas(name)).toBe(replicas);
  });

  it("scales only to zero and within the labels' bounds", async () => {
    await deploy("steps", { labels: { [scale("min")]: "2", [scale("max")]: "4" } });
    const scaleTo = (replicas: number) =>
      gateway.send("POST", "/system/scale-function/steps", { serviceName: "steps", replicas });
    expect((await scaleTo(4)).status).toBe(202);
    expect(await readReplicas("steps")).toBe(4);
    for (const replicas of [1, 5]) {
      const refused = await scaleTo(replicas);
      expect(problem(refused)).toEqual([400, "not_deployable"]);
      expect(JSON.parse(refused.body).detail).toMatch(/its labels allow 0, or 2 to 4\./);
    }
    expect((await scaleTo(0)).status).toBe(202);
    expect(await readReplicas("steps")).toBe(0);
  });

  /** A function that kubectl has deployed, and a Service of another owner. */
  async function createForeignObjects(): Promise<void> {
    const objects = parseObjects(functionManifests([{ ...stackFunctions[0]!, name: "foreign" }]));
    const ours = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
    await applyObjects(ours);
    const taken = ours.find(({ kind }) => kind === "Service")!;
    await applyObjects([{ ...taken, metadata: { name: "taken", namespace } }]);
  }

  it("does not change functions of kubectl or objects of others", async () => {
    const before = await read("Deployment", "foreign");
    for (const refused of [
      await deploy("foreign"),
      await deploy("foreign", {}, "PUT"),
      await gateway.send("DELETE", "/system/functions", { functionName: "foreign" }),
      await gateway.send("POST", "/system/scale-function/foreign", { serviceName: "foreign", replicas: 2 }),
    ]) {
      expect(problem(refused)).toEqual([409, "not_owned"]);
      expect(JSON.parse(refused.body).detail).toMatch(/kubectl owns it/);
    }
    expect((await read("Deployment", "foreign")).body.spec).toEqual(before.body.spec);
    const refused = await deploy("taken");
    expect(problem(refused)).toEqual([409, "not_owned"]);
    expect(JSON.parse(refused.body).detail).toMatch(/does not change the Service taken/);
    expect(await storedKinds("taken")).toEqual(["Service"]);
  });

  it("returns the reason why Kubernetes refuses a function", async () => {
    const forbidden = await waitFor(
      "the policies",
      async () => {
        const answer = await deploy("kafka-topics");
        return answer.status === 400 && answer;
      },
      30_000,
    );
    expect(JSON.parse(forbidden.body).detail).toMatch(/a part of the platform has the name kafka-topics/);
    expect(await storedKinds("kafka-topics")).toEqual([]);
  }, 40_000);

  describe("secrets", () => {
    const secrets = (method: string, name: string, value?: string) =>
      gateway.send(method, "/system/secrets", { name, ...(value === undefined ? {} : { value }) });
    const names = async () =>
      JSON.parse((await httpCall(`${gateway.url}/system/secrets`)).body).map(
        ({ name }: { name: string }) => name,
      );
    const stored = async (name: string) => {
      const { status, body } = await read("Secret", `function-${name}`);
      return status === 200 ? Buffer.from(body.data[name], "base64").toString() : undefined;
    };

    it("are created, changed, mounted and removed, and the gateway's account cannot read them", async () => {
      const early = await deploy("signed", { secrets: ["key", "token"] });
      expect(problem(early)).toEqual([400, "not_deployable"]);
      expect(JSON.parse(early.body).detail).toMatch(/has no secret key, token;/);
      expect((await secrets("POST", "key", "one")).status).toBe(201);
      expect(problem(await secrets("POST", "key", "other"))).toEqual([409, "secret_exists"]);
      expect(await stored("key")).toBe("one");
      expect((await secrets("PUT", "key", "two")).status).toBe(200);
      expect(await stored("key")).toBe("two");
      expect(await names()).toEqual(["key"]);
      expect(await readStatus(deploy("signed", { secrets: ["key"] }))).toBe(202);
      const { body } = await read("Deployment", "signed");
      expect(body.spec.template.spec.volumes).toContainEqual({
        name: "secrets",
        projected: expect.objectContaining({ sources: [{ secret: { name: "function-key" } }] }),
      });
      const own = await api.call("GET", toPath("Secret", "function-key"), { as: account.user });
      expect(own.status).toBe(403);
      expect((await secrets("DELETE", "key")).status).toBe(202);
      expect([await names(), await stored("key")]).toEqual([[], undefined]);
      for (const answer of [await secrets("DELETE", "key"), await secrets("PUT", "key", "three")]) {
        expect(problem(answer)).toEqual([404, "secret_not_found"]);
      }
    });

    it("are completed by a repetition after the gateway was killed", async () => {
      await secrets("POST", "half", "one");
      const unlisted = { body: { data: { half: null } }, contentType: "application/merge-patch+json" };
      await api.call("PATCH", toPath("ConfigMap", "function-secrets"), unlisted);
      expect(await names()).toEqual([]);
      expect((await secrets("POST", "half", "two")).status).toBe(201);
      expect([await names(), await stored("half")]).toEqual([["half"], "two"]);
      await api.call("PATCH", toPath("ConfigMap", "function-secrets"), unlisted);
      expect((await secrets("DELETE", "half")).status).toBe(202);
      expect(await stored("half")).toBeUndefined();
    });
  });

  describe("namespaces", () => {
    const newNamespace = `${namespace}-made`;
    const path = `/system/namespace/${newNamespace}`;
    const list = async () => JSON.parse((await httpCall(`${gateway.url}/system/namespaces`)).body);
    afterAll(() => kubectl(["delete", "namespace", newNamespace, "--ignore-not-found", "--wait=false"]));

    it("are fixed unless an administrator lets the gateway change them", async () => {
      const refused = await gateway.send("POST", path, { name: newNamespace });
      expect(problem(refused)).toEqual([403, "namespaces_fixed"]);
      expect(JSON.parse(refused.body).detail).toMatch(/deploy\/components\/namespaces-admin grants it/);
      expect(await list()).toEqual([namespace]);
      const own = await httpCall(`${gateway.url}/system/namespace/${namespace}`);
      expect(JSON.parse(own.body)).toMatchObject({ name: namespace });
    });

    it("are created with all objects that functions need, changed and removed", async () => {
      await grantNamespaces(account);
      const labels = { team: "a" };
      const created = await waitFor("the right", async () => {
        const answer = await gateway.send("POST", path, { name: newNamespace, labels });
        return answer.status !== 403 && answer;
      });
      expect(await readStatus(Promise.resolve(created))).toBe(201);
      expect(await list()).toEqual([namespace, newNamespace]);
      const described = JSON.parse((await httpCall(`${gateway.url}${path}`)).body);
      expect(described.labels).toMatchObject({
        team: "a",
        "serverless-data-platform/functions": "true",
        "pod-security.kubernetes.io/enforce": "restricted",
      });
      expect(problem(await gateway.send("POST", path, { name: newNamespace }))).toEqual([
        409,
        "namespace_exists",
      ]);
      const secret = { name: "key", namespace: newNamespace, value: "one" };
      await waitFor(
        "the right",
        async () => (await gateway.send("POST", "/system/secrets", secret)).status < 300,
      );
      expect(await readStatus(deploy("greet", { namespace: newNamespace, secrets: ["key"] }))).toBe(202);
      expect(await storedKinds("greet", newNamespace)).toEqual(kinds);
      await waitFor("the function", async () => {
        const { body } = await httpCall(`${gateway.url}/system/functions?namespace=${newNamespace}`);
        return JSON.parse(body).some(({ name }: { name: string }) => name === "greet");
      });
      expect((await gateway.send("PUT", path, { name: newNamespace, labels: { team: "b" } })).status).toBe(
        202,
      );
      expect(JSON.parse((await httpCall(`${gateway.url}${path}`)).body).labels).toMatchObject({ team: "b" });
      expect(problem(await gateway.send("DELETE", `/system/namespace/${namespace}`, {}))).toEqual([
        403,
        "namespaces_fixed",
      ]);
      expect((await gateway.send("DELETE", path, {})).status).toBe(202);
      expect(await list()).toEqual([namespace]);
    }, 30_000);
  });

  describe("with the rights over namespaces", () => {
    beforeAll(() => grantNamespaces(account), 30_000);

    describeGatewayApi(() => gateway.url, {
      namespace,
      image,
      capabilities: {
        changes: true,
        runsFunctions: false,
        async: true,
        namespaces: "changeable",
        hidesEnvironment: true,
        foreignFunction: "foreign",
      },
    });
  });
});

/** Gives the account the rights of deploy/components/namespaces-admin. */
async function grantNamespaces(account: StartedGatewayAccount): Promise<void> {
  const folder = mkdtempSync(join(overlays, "namespaces-admin-"));
  const components = ["../../components/provider", "../../components/namespaces-admin"];
  writeFileSync(
    join(folder, "kustomization.yaml"),
    JSON.stringify({ resources: ["../../base/namespace", "../../base/gateway"], components }),
  );
  try {
    await account.grant(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function parseObjects(yaml: string): KubernetesObject[] {
  return parseAllDocuments(yaml).map((document) => document.toJS());
}

/** Returns an object without the fields that depend on its namespace, address or owner. */
function comparable({ metadata, spec }: KubernetesObject, owner?: string) {
  const { "app.kubernetes.io/managed-by": managedBy, ...labels } = metadata.labels ?? {};
  expect(managedBy).toBe(owner);
  const text = JSON.stringify({ name: metadata.name, labels, spec }, (key, value) => {
    return ["clusterIP", "clusterIPs"].includes(key) ? undefined : value;
  });
  return JSON.parse(text);
}
