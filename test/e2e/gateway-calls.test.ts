// needs: kubernetes-api
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { startGatewayOnApi } from "../support/gateway/gateway-on-api.ts";
import { httpCall } from "../support/http/http-call.ts";
import { functionObject, withoutOwner, withSpec } from "../support/kubernetes/function-objects.ts";
import { type StartedGatewayAccount, startGatewayAccount } from "../support/kubernetes/gateway-account.ts";
import { applyObjects, hasKubernetes, kubectl } from "../support/kubernetes/kubernetes.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

const overlay = (name: string) => join(root, "deploy", "overlays", name);
const { name: functionName } = functionObject("Deployment").metadata;

/** An EndpointSlice refuses loopback addresses. */
const address = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let account: StartedGatewayAccount;
  let pod: Server;
  beforeAll(async () => {
    pod = createServer((request, response) => request.pipe(response)).listen(0, "0.0.0.0");
    await once(pod, "listening");
    account = await startGatewayAccount(`gateway-calls-${process.pid}`, overlay("local"));
    const deployment = withoutOwner(withSpec("Deployment", { replicas: 0 }));
    const { namespace } = account;
    await applyObjects([{ ...deployment, metadata: { ...deployment.metadata, namespace } }]);
  });
  afterAll(async () => {
    pod?.closeAllConnections();
    pod?.close();
    await account?.[Symbol.asyncDispose]();
  });

  const slice = () => ({
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${functionName}-1`,
      namespace: account.namespace,
      labels: { "kubernetes.io/service-name": functionName },
    },
    addressType: "IPv4",
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: "http", port: (pod.address() as AddressInfo).port }],
  });
  const readReplicas = () =>
    kubectl(["-n", account.namespace, "get", "deployment", functionName, "-o", "jsonpath={.spec.replicas}"]);

  it("a gateway with the rights of overlays/local wakes no function, and answers with the reason", async () => {
    await using gateway = await startGatewayOnApi(account.namespace, { READ_ONLY: "true" });
    const { status, body } = await httpCall(`${gateway.url}/function/${functionName}`, { body: "asleep" });
    expect([status, JSON.parse(body).code]).toEqual([503, "function_at_zero"]);
    expect(await readReplicas()).toBe("0");
  });

  it("a gateway with the rights of overlays/provider wakes a function of kubectl, and calls the pods of its Service", async () => {
    await account.grant(overlay("provider"));
    await using gateway = await startGatewayOnApi(account.namespace);
    const answers = ["a", "b", "c"].map((body) =>
      httpCall(`${gateway.url}/function/${functionName}`, { body }),
    );
    await waitFor("the wake-up", async () => (await readReplicas()) === "1");
    await applyObjects([slice()]);
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(["a", "b", "c"]);
    await kubectl(["-n", account.namespace, "delete", "deployment", functionName]);
    const isGone = async () =>
      (await httpCall(`${gateway.url}/function/${functionName}`, { body: "" })).status === 404;
    await waitFor("404", isGone);
  });
});
