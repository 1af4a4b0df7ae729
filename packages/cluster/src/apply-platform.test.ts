import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appliedText, applyPlatform } from "./apply-platform.ts";
import { createKubectl } from "./kubectl.ts";
import { clusterCommand, readOptions } from "./options.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";
import { deployment } from "./testing/objects.ts";

const policy = {
  kind: "ValidatingAdmissionPolicy",
  apiVersion: "admissionregistration.k8s.io/v1",
  metadata: { name: "gateway-pods" },
};
const job = deployment("topics", { kind: "Job" });
const overlay = {
  name: "local",
  folder: "/repo/deploy/overlays/local",
  objects: [deployment("gateway"), deployment("kafka"), policy, job],
  selector: ["--selector", "app notin (nifi)"],
};

let secrets: string;
beforeEach(() => {
  secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  mkdirSync(join(secrets, "kubernetes"));
});
afterEach(() => rmSync(secrets, { recursive: true }));

async function apply(
  images: Record<string, string>,
  loaded: Record<string, string>,
  answer: Parameters<typeof createFakeRunner>[0] = () => undefined,
) {
  const { runner, lines } = createFakeRunner(answer);
  const context = {
    ...{ runner, root: "/repo", say: () => undefined, signal: new AbortController().signal },
    options: readOptions(clusterCommand.parse(["up", "--secrets", secrets])),
    config: { KUBECONFIG: undefined, CLUSTER_LOAD: undefined },
  };
  const record = { isOurs: true, objects: ["clusterrole.rbac.authorization.k8s.io/x"], images: loaded };
  await applyPlatform(context, createKubectl(runner, []), overlay, { record, images });
  const records = lines.flatMap((line) => {
    const [, json] = /annotate .*serverless-data-platform\/cluster=(.*)$/.exec(line) ?? [];
    return json === undefined ? [] : [JSON.parse(json)];
  });
  return { lines, records };
}

it("applies namespace, secrets and overlay in the order of the manual steps", async () => {
  const { lines } = await apply({}, {});
  expect(lines.filter((line) => line.startsWith("kubectl apply"))).toEqual([
    "kubectl apply --kustomize /repo/deploy/base/namespace",
    `kubectl apply --filename ${secrets}/kubernetes`,
    "kubectl apply --kustomize /repo/deploy/overlays/local --selector app notin (nifi)",
  ]);
});

it("records cluster-scoped objects before it creates them, so that down can delete them", async () => {
  const { records } = await apply({}, {});
  const name = "validatingadmissionpolicy.admissionregistration.k8s.io/gateway-pods";
  expect(records[0]).toMatchObject({
    isOurs: true,
    objects: ["clusterrole.rbac.authorization.k8s.io/x", name],
  });
  const existing = await apply({}, {}, (line) =>
    line.includes(`get ${name}`) ? { stdout: JSON.stringify(policy) } : undefined,
  );
  expect(existing.records[0].objects).toEqual(["clusterrole.rbac.authorization.k8s.io/x"]);
});

it("restarts the workloads whose image has changed, then records the images", async () => {
  const images = { "example/gateway:1": "sha256:new", "example/kafka:1": "sha256:first" };
  const { lines, records } = await apply(images, { "example/gateway:1": "sha256:old" });
  expect(lines.filter((line) => line.includes("restart"))).toEqual([
    "kubectl --namespace data rollout restart deployment/gateway",
  ]);
  expect(records.map((record) => record.images)).toEqual([{ "example/gateway:1": "sha256:old" }, images]);
});

it("replaces a Job whose template has changed", async () => {
  let isDeleted = false;
  const { lines } = await apply({}, {}, (line) => {
    if (line.includes("delete job")) isDeleted = true;
    const isOverlay = line.includes("overlays/local");
    const stderr = 'The Job "topics" is invalid: spec.template: Invalid value: …: field is immutable\n';
    return isOverlay && !isDeleted ? { code: 1, stderr } : undefined;
  });
  expect(lines).toContain("kubectl --namespace data delete job topics");
  expect(lines.filter((line) => line.includes("overlays/local"))).toHaveLength(2);
});

it("rethrows other failures", async () => {
  const failing = apply({}, {}, (line) =>
    line.includes("overlays/local") ? { code: 1, stderr: "error: no" } : undefined,
  );
  await expect(failing).rejects.toThrow(/^kubectl apply --kustomize .* failed: error: no$/);
});

it("counts objects in the output of kubectl apply", () => {
  const output =
    "namespace/data unchanged\nservice/kafka created\ndeployment.apps/x configured\nWarning: old\n";
  expect(appliedText(output)).toBe("3 objects, 1 created, 1 changed");
});
