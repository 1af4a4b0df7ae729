import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeGatewayApi } from "../support/gateway/api-conformance.ts";
import {
  type FakeCluster,
  startClusterGateway,
  startFakeCluster,
} from "../support/gateway/cluster-gateway.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import type { StartedService } from "../support/process/service.ts";
import { platformVersion } from "../support/repo.ts";

const image = `serverless-data-platform/sentiment:${platformVersion}`;

describe("the gateway of npm start", () => {
  const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  let gateway: StartedGateway;
  beforeAll(async () => {
    gateway = await startGateway({ args: ["--secrets", secrets] });
  }, 60_000);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
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
