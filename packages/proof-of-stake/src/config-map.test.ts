import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Certificates, makeCertificates } from "../../../test/support/http/certificates.ts";
import { createGenesisConfigMap, readPodApi } from "./config-map.ts";

const serviceAccount = mkdtempSync(join(tmpdir(), "service-account-"));
let certificates: Certificates;
let server: https.Server;
/** The answer of the API, and the received request. */
let answer: { status: number; body: string };
let asked: { line: string; authorization: string | undefined; body: string } | undefined;

beforeAll(async () => {
  certificates = await makeCertificates();
  writeFileSync(join(serviceAccount, "token"), "t0ken\n");
  writeFileSync(join(serviceAccount, "ca.crt"), certificates.ca);
  writeFileSync(join(serviceAccount, "namespace"), "data\n");
  const { key, certificate: cert } = certificates;
  server = https.createServer({ key, cert }, async (request, response) => {
    const { method, url, headers } = request;
    asked = {
      line: `${method} ${url}`,
      authorization: headers.authorization,
      body: await text(request),
    };
    response.writeHead(answer.status).end(answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
  rmSync(serviceAccount, { recursive: true });
});

const create = () => {
  const { port } = server.address() as AddressInfo;
  return createGenesisConfigMap({ host: "127.0.0.1", port, serviceAccount }, "genesis", Buffer.from("state"));
};

it("creates an immutable ConfigMap in the pod's namespace with the pod's token", async () => {
  answer = { status: 201, body: "{}" };
  expect(await create()).toBe(true);
  expect(asked).toMatchObject({
    line: "POST /api/v1/namespaces/data/configmaps",
    authorization: "Bearer t0ken",
  });
  expect(JSON.parse(asked!.body)).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "genesis" },
    immutable: true,
    binaryData: { "genesis.ssz": Buffer.from("state").toString("base64") },
  });
});

it("keeps an existing ConfigMap", async () => {
  answer = { status: 409, body: "{}" };
  expect(await create()).toBe(false);
});

it("rejects with the message of the API when it refuses", async () => {
  answer = { status: 403, body: '{"message":"configmaps is forbidden"}' };
  await expect(create()).rejects.toThrow("configmaps is forbidden");
});

it("rejects outside of a pod", () => {
  expect(() => readPodApi({})).toThrow("GENESIS_CONFIG_MAP needs a pod: KUBERNETES_SERVICE_HOST is not set");
});
