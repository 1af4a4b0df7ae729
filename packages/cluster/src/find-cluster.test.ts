import { findCluster, selectsOwnCluster } from "./find-cluster.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";

const find = async (
  options: Parameters<typeof selectsOwnCluster>[0],
  config: Parameters<typeof selectsOwnCluster>[1],
  answer?: Parameters<typeof createFakeRunner>[0],
) => {
  const { runner, lines } = createFakeRunner(answer);
  const cluster = await findCluster(runner, "/repo", options, { ...config });
  return { cluster, lines };
};
const none = { KUBECONFIG: undefined, CLUSTER_LOAD: undefined };

it.each([
  [{}, none, true],
  [{}, { ...none, KUBECONFIG: "/k" }, true], // never changes the user's own clusters
  [{}, { ...none, CLUSTER_LOAD: "/load" }, true],
  [{}, { KUBECONFIG: "/k", CLUSTER_LOAD: "/load" }, false],
  [{ tool: "kind" as const }, { KUBECONFIG: "/k", CLUSTER_LOAD: "/load" }, true],
  [{ context: "lab" }, none, false],
])("with options %j and settings %j, uses its own cluster: %s", (options, config, expected) => {
  expect(selectsOwnCluster(options, config)).toBe(expected);
});

it("writes a separate kubeconfig for its own cluster", async () => {
  const { cluster } = await find({}, none);
  expect(cluster.title).toBe("The cluster serverless-data-platform of kind");
  expect(cluster.kubectl.selection).toEqual(["--kubeconfig", "/repo/.cluster/kubeconfig"]);
  expect(cluster.own?.state).toBe("missing");
});

it("loads images into the cluster of KUBECONFIG with CLUSTER_LOAD", async () => {
  const { cluster, lines } = await find({}, { KUBECONFIG: "/a:/b", CLUSTER_LOAD: "/load" });
  await cluster.load!(["a:1", "b:2"]);
  expect(cluster.kubectl.selection).toEqual([]);
  expect(cluster.own).toBeUndefined();
  expect(lines).toEqual(["/load a:1 b:2"]);
});

it.each([
  ["kind-lab", "kind load docker-image --name lab a:1"],
  ["k3d-lab", "k3d image import --cluster lab a:1"],
  ["lab", "minikube image load a:1 --profile lab"],
])("loads images into the context %s with its tool", async (context, expected) => {
  const { cluster, lines } = await find({ context }, none, (line) => {
    if (line === "kind get clusters") return { stdout: "lab\n" };
    if (line.startsWith("k3d cluster list")) return { stdout: '[{"name":"lab","serversRunning":1}]' };
    return { stdout: '{"valid":[{"Name":"lab","Status":"OK"}]}' };
  });
  await cluster.load!(["a:1"]);
  expect(cluster.kubectl.selection).toEqual(["--context", context]);
  expect(lines.at(-1)).toBe(expected);
});

it("has no image loader for a context of another tool", async () => {
  const { cluster } = await find({ context: "cloud" }, none, () => ({ code: 127 }));
  expect(cluster.load).toBeUndefined();
});
