import { chooseTool } from "./choose-tool.ts";
import { toolNames } from "./options.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";
import { createTool } from "./tools/create-tool.ts";

/** Installed tools; some of them have the cluster. */
function machine(installed: readonly string[], existing: Readonly<Record<string, string>> = {}) {
  const { runner, lines } = createFakeRunner((line) => {
    const [program = "", action] = line.split(" ");
    if (program !== "docker" && !installed.includes(program)) return { code: 127 };
    if (action === "version") return {};
    return { stdout: existing[program] ?? (program === "k3d" ? "[]" : "") };
  });
  const tools = toolNames.map((name) => createTool(name, runner, { name: "platform", kubeconfig: "/k" }));
  return { tools, lines };
}

it.each([
  [["kind", "k3d", "minikube"], "kind"],
  [["k3d", "minikube"], "k3d"],
  [["minikube"], "minikube"],
])("of %j chooses %s for a new cluster", async (installed, name) => {
  const { tool, state } = await chooseTool(machine(installed).tools);
  expect([tool.name, state]).toEqual([name, "missing"]);
});

it("chooses the tool that has the cluster", async () => {
  const k3d = '[{"name":"other","serversRunning":1},{"name":"platform","serversRunning":0}]';
  const { tool, state } = await chooseTool(machine(["kind", "k3d"], { kind: "other\n", k3d }).tools);
  expect([tool.name, state]).toEqual(["k3d", "stopped"]);
});

it("uses the preferred tool without a look at the others", async () => {
  const { tools, lines } = machine(["kind", "minikube"]);
  expect((await chooseTool(tools, "minikube")).tool.name).toBe("minikube");
  expect(lines.every((line) => line.startsWith("minikube"))).toBe(true);
});

it("names the installation page when no tool is installed", async () => {
  await expect(chooseTool(machine([]).tools)).rejects.toThrow(
    /^A program is missing or not running:\n {2}kind, k3d, minikube: any of these creates the cluster; kind is the smallest .*https:\/\/kind.sigs.k8s.io/,
  );
  await expect(chooseTool(machine(["kind"]).tools, "k3d")).rejects.toThrow(
    "k3d: creates the cluster (https://k3d.io",
  );
});
