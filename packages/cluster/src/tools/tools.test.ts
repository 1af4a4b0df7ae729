import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ToolName } from "../options.ts";
import type { CommandResult, RunOptions } from "../runner.ts";
import { createFakeRunner } from "../testing/fake-runner.ts";
import { createTool } from "./create-tool.ts";

const cluster = { name: "platform", kubeconfig: "/state/kubeconfig" };
const size = { processors: 2, memoryMiB: 6_144 };

function createFakeTool(
  name: ToolName,
  answer?: (line: string, options: RunOptions) => Partial<CommandResult> | undefined,
) {
  const { runner, lines } = createFakeRunner(answer);
  return { tool: createTool(name, runner, cluster), lines };
}

describe("kind", () => {
  it("creates, loads and deletes with a separate kubeconfig", async () => {
    const { tool, lines } = createFakeTool("kind");
    await tool.create(size);
    await tool.writeKubeconfig();
    await tool.load(["a:1", "b:2"]);
    await tool.delete();
    expect(lines).toEqual([
      "kind create cluster --name platform --kubeconfig /state/kubeconfig --wait 3m",
      "kind export kubeconfig --name platform --kubeconfig /state/kubeconfig",
      "kind load docker-image --name platform a:1 b:2",
      "kind delete cluster --name platform --kubeconfig /state/kubeconfig",
    ]);
  });

  it.each([
    ["true\n", "running"],
    ["true\nfalse\n", "stopped"],
  ])("derives from its nodes' containers (%j) that the cluster is %s", async (running, state) => {
    const { tool } = createFakeTool("kind", (line) => {
      if (line.startsWith("docker inspect")) return { stdout: running };
      return { stdout: line === "kind get clusters" ? "other\nplatform\n" : "platform-control-plane\n" };
    });
    expect(await tool.state()).toBe(state);
  });

  it("starts the containers of a stopped cluster", async () => {
    const { tool, lines } = createFakeTool("kind", () => ({
      stdout: "platform-control-plane\nplatform-worker\n",
    }));
    await tool.start();
    expect(lines.at(-1)).toBe("docker start platform-control-plane platform-worker");
  });
});

describe("k3d", () => {
  it("creates, starts, loads and deletes without a change of the user's kubeconfig", async () => {
    const { tool, lines } = createFakeTool("k3d");
    await tool.create(size);
    await tool.start();
    await tool.load(["a:1", "b:2"]);
    await tool.delete();
    expect(lines).toEqual([
      "k3d cluster create platform --wait --timeout 5m --kubeconfig-update-default=false --k3s-arg --disable=traefik@server:0",
      "k3d cluster start platform --wait",
      "k3d image import --cluster platform a:1 b:2",
      "k3d cluster delete platform",
    ]);
  });

  it("writes a kubeconfig that only the owner can read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "k3d-"));
    const kubeconfig = join(folder, "kubeconfig");
    const { runner } = createFakeRunner(() => ({ stdout: "kind: Config\n" }));
    await createTool("k3d", runner, { name: "platform", kubeconfig }).writeKubeconfig();
    expect(await readFile(kubeconfig, "utf8")).toBe("kind: Config\n");
    expect((await stat(kubeconfig)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});

describe("minikube", () => {
  it("creates a profile with the requested processors and memory, and a separate kubeconfig", async () => {
    const variables: unknown[] = [];
    const { tool, lines } = createFakeTool("minikube", (_, { env }) => void variables.push(env));
    await tool.create(size);
    await tool.writeKubeconfig();
    await tool.load(["a:1", "b:2"]);
    await tool.delete();
    expect(lines).toEqual([
      "minikube start --cpus=2 --memory=6144m --profile platform",
      "minikube addons enable metrics-server --profile platform",
      "minikube update-context --profile platform",
      "minikube image load a:1 --profile platform",
      "minikube image load b:2 --profile platform",
      "minikube delete --profile platform",
    ]);
    expect(new Set(variables.map((env) => JSON.stringify(env)))).toEqual(
      new Set(['{"KUBECONFIG":"/state/kubeconfig"}']),
    );
  });

  it.each([
    ['{"invalid":[],"valid":[{"Name":"platform","Status":"OK"}]}', "running"],
    ['{"invalid":[],"valid":[{"Name":"platform","Status":"Stopped"}]}', "stopped"],
    ['{"invalid":[],"valid":[{"Name":"minikube","Status":"Running"}]}', "missing"],
    ["", "missing"], // no profile
  ])("reads the state from its profiles: %s", async (stdout, state) => {
    expect(await createFakeTool("minikube", () => ({ stdout })).tool.state()).toBe(state);
  });
});

it("reports the failure of a tool", async () => {
  const { tool } = createFakeTool("kind", () => ({ code: 1, stderr: "first\nlast line\n" }));
  await expect(tool.load(["a:1"])).rejects.toThrow(
    "kind load docker-image --name platform a:1 failed: exit code 1; the lines above have the cause.",
  );
  await expect(tool.writeKubeconfig()).rejects.toThrow(/ failed: last line$/);
});
