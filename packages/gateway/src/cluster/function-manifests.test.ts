import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { parseStack } from "../local/stack.ts";
import { functionManifests } from "./function-manifests.ts";

const root = join(__dirname, "..", "..", "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const stack = (file: string) => parseStack(read(file), {}, root);

describe("functionManifests", () => {
  it("mounts secrets at the paths of faas-cli", () => {
    const [deployment] = parseAllDocuments(functionManifests(stack("stack.auth.yml"))).map((document) =>
      document.toJS(),
    );
    const { containers, volumes } = deployment.spec.template.spec;
    expect(volumes).toContainEqual({
      name: "secrets",
      projected: {
        sources: [{ secret: { name: "function-hmac-key" } }, { secret: { name: "function-function-token" } }],
      },
    });
    expect(containers[0].volumeMounts).toContainEqual({
      name: "secrets",
      mountPath: "/var/openfaas/secrets",
      readOnly: true,
    });
  });
});

describe("replicas", () => {
  const readReplicas = (labels: Record<string, string>) => {
    const [definition] = stack("stack.yml");
    const [deployment] = parseAllDocuments(functionManifests([{ ...definition!, labels }]));
    return deployment!.toJS().spec.replicas;
  };

  it.each([
    [{ "com.openfaas.scale.min": "2" }, undefined],
    [{ "com.openfaas.scale.max": "1" }, undefined],
    [{ "com.openfaas.scale.min": "2", "com.openfaas.scale.type": "rps" }, 2],
  ])(
    "of the labels %p are %p: set only without an autoscaler, and only if it differs from the default",
    (labels, replicas) => {
      expect(readReplicas(labels)).toBe(replicas);
    },
  );
});
