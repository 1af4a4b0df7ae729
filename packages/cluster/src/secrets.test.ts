import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createKubectl } from "./kubectl.ts";
import { makeSecrets, secretFolders } from "./secrets.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";
import { deployment } from "./testing/objects.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeSecret(path: string, name: string, namespace = "data") {
  mkdirSync(join(folder, path), { recursive: true });
  const text = `kind: Secret\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;
  writeFileSync(join(folder, path, `${name}.yaml`), text);
}

it("applies the folders whose Secrets the overlay's pods use", () => {
  writeSecret("kubernetes", "hmac-key");
  writeSecret("kubernetes-gateway", "basic-auth");
  writeSecret("kubernetes-stores", "kafka");
  writeSecret("kubernetes-data-lab", "nifi-login", "data-lab");
  const names = (object: object) =>
    secretFolders(folder, [{ ...deployment("gateway"), ...object }]).map((path) => basename(path));
  // A label with the same name does not use the Secret.
  expect(names({ metadata: { name: "kafka", namespace: "data" } })).toEqual(["kubernetes"]);
  const volumes = (secretName: string) => ({
    spec: { template: { spec: { volumes: [{ secret: { secretName } }] } } },
  });
  expect(names(volumes("basic-auth"))).toEqual(["kubernetes", "kubernetes-gateway"]);
  expect(names(volumes("nifi-login"))).toEqual(["kubernetes"]); // in another namespace
  const projected = { spec: { volumes: [{ projected: { sources: [{ secret: { name: "kafka" } }] } }] } };
  expect(names(projected)).toEqual(["kubernetes", "kubernetes-stores"]);
  const env = { spec: { env: [{ valueFrom: { secretKeyRef: { name: "kafka", key: "password" } } }] } };
  expect(names(env)).toEqual(["kubernetes", "kubernetes-stores"]);
});

describe("makeSecrets", () => {
  const make = (code: number, inCluster: boolean) => {
    const { runner } = createFakeRunner((line) => {
      if (!line.startsWith("kubectl")) return { code, stderr: "in part" };
      return { stdout: inCluster ? '{"kind":"Secret","metadata":{"name":"eth-ethstats"}}' : "" };
    });
    return makeSecrets({ runner, kubectl: createKubectl(runner, []), root: "/repo" }, folder);
  };

  it("creates secrets for a new cluster, and keeps existing ones", async () => {
    expect(await make(0, false)).toBe(true);
    writeSecret("kubernetes", "hmac-key");
    expect(await make(3, true)).toBe(false);
  });

  it("refuses to create secrets when the cluster has those of another folder", async () => {
    await expect(make(0, true)).rejects.toThrow(`The cluster has secrets, but ${folder} has none`);
  });

  it("reports an incomplete folder of secrets", async () => {
    await expect(make(1, false)).rejects.toThrow("npm run secrets failed: in part");
  });
});
