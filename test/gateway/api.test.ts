import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../../scripts/openapi.mjs";
import { type FakeNode, startFakeNode } from "../support/ethereum/fake-node.ts";
import { describeFunctionsBehind } from "../support/functions/api-conformance.ts";
import { functionNames } from "../support/functions/stack-functions.ts";
import { describeGatewayApi } from "../support/gateway/api-conformance.ts";
import {
  type FakeCluster,
  startClusterGateway,
  startFakeCluster,
} from "../support/gateway/cluster-gateway.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import type { StartedService } from "../support/process/service.ts";
import { platformVersion } from "../support/repo.ts";

const image = `serverless-data-platform/sentiment:${platformVersion}`;

describe("the gateway of npm start", () => {
  const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  let node: FakeNode;
  let gateway: StartedGateway;
  beforeAll(async () => {
    node = await startFakeNode();
    gateway = await startGateway({ args: ["--secrets", secrets], env: { GETH_RPC_ENDPOINT: node.url } });
  }, 60_000);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
    await node?.[Symbol.asyncDispose]();
    rmSync(secrets, { recursive: true });
  });

  describeGatewayApi(() => gateway.url, {
    namespace: "openfaas-fn",
    image,
    capabilities: {
      changes: true,
      runsFunctions: true,
      async: true,
      namespaces: "fixed",
      hidesEnvironment: true,
    },
  });

  describeFunctionsBehind({ url: () => gateway.url, functions: functionNames, hasFakeChain: true });

  it("serves the OpenAPI document of functions and gateway", async () => {
    const { body } = await httpCall(`${gateway.url}/openapi.json`);
    expect(JSON.parse(body)).toEqual(await openApi());
  });
});

describe("the gateway of a cluster that changes nothing", () => {
  const credentials = { username: "admin", password: "correct horse" };
  const folder = mkdtempSync(join(tmpdir(), "basic-auth-"));
  writeFileSync(join(folder, "basic-auth-user"), credentials.username);
  writeFileSync(join(folder, "basic-auth-password"), credentials.password);
  let cluster: FakeCluster;
  let gateway: StartedService;
  beforeAll(async () => {
    cluster = await startFakeCluster((request, response) => request.pipe(response));
    gateway = await startClusterGateway(cluster, { BASIC_AUTH_DIR: folder, ASYNC_QUEUE: "memory" });
  }, 60_000);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
    await cluster?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  describeGatewayApi(() => gateway.url, {
    credentials,
    namespace: "functions",
    image,
    capabilities: {
      changes: false,
      runsFunctions: false,
      async: false,
      namespaces: "fixed",
      hidesEnvironment: true,
    },
  });
});
