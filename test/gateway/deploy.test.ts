import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startCallbacks } from "../support/gateway/callbacks.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { type HttpCall, httpCall } from "../support/http/http-call.ts";
import { readDescendants } from "../support/process/processes.ts";
import { root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const noChain = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
let gateway: StartedGateway;
beforeAll(async () => {
  gateway = await startGateway({ args: ["--secrets", secrets], env: noChain });
}, 60_000);
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  rmSync(secrets, { recursive: true });
}, 30_000);

const call = (path: string, options: HttpCall = {}) => httpCall(gateway.url + path, options);
/** Sends JSON to /system. Returns the status, and the JSON of the answer if it has any. */
async function send(method: string, path: string, body: unknown) {
  const headers = { "content-type": "application/json" };
  const answer = await call(`/system/${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, ...(answer.body === "" ? {} : JSON.parse(answer.body)) };
}
const describeFunction = async (name: string) => JSON.parse((await call(`/system/function/${name}`)).body);
const score = async (name: string, headers = {}) => {
  const answer = await call(`/function/${name}`, { body: "I love it", headers });
  return answer.status === 200 ? JSON.parse(answer.body).polarity : answer.status;
};
const processCount = () => readDescendants(gateway.pid).length;
const afinn = { SENTIMENT_ENGINE: "afinn" };
const scores = { pattern: 0.5, afinn: 0.2 };

it("runs the curl lines of docs/how-to/run-the-local-gateway.md", async () => {
  const guide = readFileSync(join(root, "docs", "how-to", "run-the-local-gateway.md"), "utf8");
  const [, block = ""] = /```sh\n(curl [^`]*\/system\/functions[^`]*)```/.exec(guide) ?? [];
  const commands = block.replaceAll("\\\n", "").match(/^curl .*$/gm) ?? [];
  expect(commands).toHaveLength(3);
  const outputs: string[] = [];
  for (const command of commands) {
    const local = command.replace("http://127.0.0.1:8080", gateway.url).replace("curl", "curl -sS --fail");
    outputs.push((await promisify(execFile)("sh", ["-c", local])).stdout);
  }
  expect(outputs[0]).toBe("");
  expect(JSON.parse(outputs[1]!).polarity).toBe(scores.afinn);
  expect(await describeFunction("mood")).toMatchObject({ replicas: 0, availableReplicas: 0 });
}, 30_000);

it("deploys, updates and removes a function over HTTP", async () => {
  const body = { service: "scorer", image: "registry.example.com/me/sentiment:9", envVars: afinn };
  expect(await send("POST", "functions", body)).toEqual({ status: 202 });
  expect(await send("POST", "functions", body)).toMatchObject({ status: 409, code: "function_exists" });
  expect(await score("scorer")).toBe(scores.afinn);
  expect(await describeFunction("scorer")).toMatchObject({
    name: "scorer",
    image: "registry.example.com/me/sentiment:9",
    namespace: "openfaas-fn",
    replicas: 1,
    availableReplicas: 1,
    invocationCount: 1,
  });
  const updated = { ...body, envVars: {}, limits: { memory: "64Mi" }, readOnlyRootFilesystem: true };
  expect(await send("PUT", "functions", updated)).toEqual({
    status: 200,
    warnings: [
      "The limits are not enforced on a process.",
      "The root file system of a process is not read-only.",
    ],
  });
  await waitFor("the new process", async () => (await score("scorer")) === scores.pattern);
  expect(await describeFunction("scorer")).toMatchObject({ limits: { memory: "64Mi" } });
  expect((await send("DELETE", "functions", { functionName: "scorer" })).status).toBe(200);
  expect(await score("scorer")).toBe(404);
  expect(await send("PUT", "functions", body)).toMatchObject({ status: 404, code: "function_not_found" });
});

it.each([
  [
    "an image without a bundle",
    { image: "alpine:3" },
    /no bundle for image alpine:3.*available: .*sentiment/,
  ],
  ["a secret that does not exist", { secrets: ["nothing"] }, /There is no secret nothing/],
  ["variables that load code", { envVars: { NODE_OPTIONS: "--require=/x" } }, /NODE_OPTIONS/],
])("refuses %s with an error message", async (_, parts, detail) => {
  const body = { service: "refused", image: "sentiment", ...parts };
  expect(await send("POST", "functions", body)).toMatchObject({
    ...{ status: 400, code: "not_deployable", detail: expect.stringMatching(detail) },
  });
});

it("scales to zero and back, and wakes for calls and asynchronous calls", async () => {
  await send("POST", "functions", { service: "sleeper", image: "sentiment" });
  expect(await score("sleeper")).toBe(scores.pattern);
  const before = processCount();
  const scale = (replicas: number) => send("POST", "scale-function/sleeper", { replicas });
  expect(await scale(0)).toEqual({ status: 202 });
  await waitFor("the end of the process", () => processCount() === before - 1);
  expect(await describeFunction("sleeper")).toMatchObject({ replicas: 0, availableReplicas: 0 });
  expect(await call("/healthz")).toMatchObject({ status: 200 });
  expect(await score("sleeper")).toBe(scores.pattern);

  await scale(0);
  await using callbacks = await startCallbacks();
  const headers = { "x-callback-url": callbacks.url, "x-call-id": "woken" };
  expect((await call("/async-function/sleeper", { body: "I love it", headers })).status).toBe(202);
  expect((await callbacks.of("woken")).body).toContain('"polarity":0.5');

  await scale(0);
  expect(await scale(1)).toEqual({ status: 202 });
  await waitFor("the process", async () => (await describeFunction("sleeper")).availableReplicas === 1);
  expect(await scale(2)).toMatchObject({ status: 400, code: "not_deployable" });
  const { body } = await call("/system/logs?name=sleeper");
  const instances = body
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).instance);
  expect(new Set(instances).size).toBeGreaterThan(1);
}, 30_000);

it("stores secrets as files for running functions, and never returns their values", async () => {
  const secret = (value: string) => ({ name: "mood-token", namespace: "openfaas-fn", value });
  expect((await send("POST", "secrets", secret("first"))).status).toBe(201);
  expect((await send("POST", "secrets", secret("first"))).status).toBe(409);
  const envVars = { BEARER_SECRET_NAME: "mood-token" };
  await send("POST", "functions", {
    service: "guarded",
    image: "sentiment",
    envVars,
    secrets: ["mood-token"],
  });
  const withToken = (token: string) => score("guarded", { authorization: `Bearer ${token}` });
  expect([await score("guarded"), await withToken("first")]).toEqual([401, scores.pattern]);
  expect((await send("PUT", "secrets", secret("second"))).status).toBe(200);
  expect([await withToken("first"), await withToken("second")]).toEqual([401, scores.pattern]);
  const list = await call("/system/secrets");
  expect(JSON.parse(list.body)).toEqual([{ name: "mood-token", namespace: "openfaas-fn" }]);
  expect(gateway.output()).not.toMatch(/"second"/);
  expect((await send("DELETE", "secrets", { name: "mood-token" })).status).toBe(202);
  expect((await send("DELETE", "secrets", { name: "mood-token" })).status).toBe(404);
});

it("serves only the namespaces of the stack file", async () => {
  expect(JSON.parse((await call("/system/namespaces")).body)).toEqual(["openfaas-fn"]);
  expect(await send("POST", "namespace/more", { name: "more" })).toMatchObject({
    ...{ status: 403, code: "namespaces_fixed" },
  });
});
