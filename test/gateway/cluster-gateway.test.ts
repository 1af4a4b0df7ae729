import { freePort } from "@platform/shared/service/free-port";
import { callEach, startCallbacks } from "../support/gateway/callbacks.ts";
import {
  type FakeCluster,
  startClusterGateway,
  startFakeCluster,
} from "../support/gateway/cluster-gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { stackEnvironment, startTemplateHost } from "../support/openfaas/template-host.ts";
import { bundleFolder } from "../support/repo.ts";

let cluster: FakeCluster;
beforeAll(async () => {
  cluster = await startFakeCluster((request, response) => request.pipe(response));
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

const asyncUrl = (gateway: { url: string }) => `${gateway.url}/async-function/${cluster.name}`;

describe("the gateway of a cluster", () => {
  it("calls the functions in the Kubernetes API", async () => {
    await using gateway = await startClusterGateway(cluster);
    const { status, body } = await httpCall(`${gateway.url}/function/${cluster.name}`, { body: "mirrored" });
    expect([status, body]).toEqual([200, "mirrored"]);
  });

  it("does not expose the metrics of functions, which pods serve directly", async () => {
    await using pod = await startTemplateHost({ handler: bundleFolder("sentiment"), env: stackEnvironment });
    await using functions = await startFakeCluster();
    functions.deploy({ replicas: 1 });
    functions.setReady([Number(new URL(pod.url).port)]);
    await using gateway = await startClusterGateway(functions);
    const answer = await httpCall(`${gateway.url}/function/${functions.name}/metrics`);
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([405, "method_not_allowed"]);
    expect((await httpCall(`${pod.url}/metrics`)).body).toMatch(
      /^function_call_duration_seconds_count\{.*code="405"\} 1$/m,
    );
  });

  it("refuses asynchronous calls without Kafka, and names the settings", async () => {
    await using gateway = await startClusterGateway(cluster);
    const { status, body, headers } = await httpCall(asyncUrl(gateway), { body: "x" });
    expect(headers["content-type"]).toMatch("application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ status, code: "queue_not_configured" });
    expect(JSON.parse(body).detail).toMatch(/KAFKA_BROKERS is not set\. ASYNC_QUEUE=memory/);
    expect(status).toBe(503);
  });

  it("returns the logs of the function's pods", async () => {
    await using gateway = await startClusterGateway(cluster);
    cluster.setLog(`${cluster.name}-pod`, "2026-11-29T01:00:00.5Z written\n");
    const { body } = await httpCall(`${gateway.url}/system/logs?name=${cluster.name}&tail=1`);
    expect(JSON.parse(body)).toEqual({
      name: cluster.name,
      namespace: cluster.env.NAMESPACE,
      instance: `${cluster.name}-pod`,
      timestamp: "2026-11-29T01:00:00.500Z",
      text: "written",
    });
  });

  it("shows the function in the console, with a call and its log lines", async () => {
    await using gateway = await startClusterGateway(cluster);
    const callId = "seen-in-the-console";
    await httpCall(`${gateway.url}/function/${cluster.name}`, {
      body: "x",
      headers: { "x-call-id": callId },
    });
    const line = `{"call_id":"${callId}","msg":"call"}`;
    cluster.setLog(`${cluster.name}-pod`, `${new Date().toISOString()} ${line}\n`);
    const read = async (path: string) =>
      JSON.parse((await httpCall(`${gateway.url}/ui/api/functions${path}`)).body);
    expect(await read(`/${cluster.name}`)).toMatchObject({
      namespace: cluster.env.NAMESPACE,
      scaling: { refusal: expect.stringMatching(/^READ_ONLY is true/) },
    });
    expect(await read(`/${cluster.name}/calls`)).toMatchObject({ calls: [{ callId, status: 200 }] });
    expect((await read(`/${cluster.name}/calls/${callId}/log`)).lines).toMatchObject([
      { instance: `${cluster.name}-pod`, text: line },
    ]);
  });

  it("changes nothing unless READ_ONLY is false", async () => {
    await using gateway = await startClusterGateway(cluster);
    const { status, body } = await httpCall(`${gateway.url}/system/functions`, { body: "{}" });
    expect([status, JSON.parse(body).detail]).toEqual([405, expect.stringMatching(/^READ_ONLY is true/)]);
  });

  it("keeps asynchronous calls in memory with ASYNC_QUEUE=memory", async () => {
    await using callbacks = await startCallbacks();
    await using gateway = await startClusterGateway(cluster, { ASYNC_QUEUE: "memory" });
    expect(await callEach(asyncUrl(gateway), ["kept"], callbacks.url)).toEqual(["kept"]);
    expect((await callbacks.of("kept")).body).toBe("kept");
  });

  it("refuses asynchronous calls with 503 when Kafka does not answer, and with 413 above the size limit", async () => {
    const brokers = `127.0.0.1:${await freePort(0)}`;
    await using gateway = await startClusterGateway(cluster, { KAFKA_BROKERS: brokers });
    const { body, headers } = await httpCall(asyncUrl(gateway), { body: "x" });
    expect(JSON.parse(body)).toMatchObject({ status: 503, code: "queue_unavailable" });
    expect(headers["retry-after"]).toBe("1");
    const large = await httpCall(asyncUrl(gateway), { body: "x".repeat(256_001) });
    expect(JSON.parse(large.body)).toMatchObject({ status: 413, code: "body_too_large" });
  }, 30_000);
});
