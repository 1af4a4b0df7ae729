import { waitFor } from "../wait-for.ts";
import { inData } from "./data-namespace.ts";
import { applyObjects, kubectl } from "./kubernetes.ts";

/** Kills containers of namespace `data` like the kernel when it runs out of memory. */
export interface ContainerKiller extends AsyncDisposable {
  /** Sends SIGKILL to all processes of a pod's first container. Resolves when the kubelet has restarted it. */
  kill(pod: string): Promise<void>;
}

const namespace = "container-killer";
const pod = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "killer", namespace },
  spec: {
    // No process in a container can send SIGKILL to its first process, and `kubectl delete --force` sends SIGTERM first.
    hostPID: true,
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: "killer",
        image: "localhost/busybox:1",
        command: ["sleep", "86400"],
        securityContext: { runAsUser: 0 },
      },
    ],
  },
};

/** Starts a pod that sees the processes of its node, in a namespace that allows this. */
export async function startContainerKiller(): Promise<ContainerKiller> {
  await applyObjects([{ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }, pod]);
  await kubectl(["-n", namespace, "wait", "--for=condition=Ready", "pod/killer", "--timeout=60s"]);
  return {
    async kill(name) {
      const { containerID, restartCount } = await readContainer(name);
      const id = containerID.replace(/^.*:\/\//, "");
      // The kernel ends the other processes with the first one, so kill may not find them.
      const script = `found=$(grep -l ${id} /proc/[0-9]*/cgroup 2>/dev/null | cut -d/ -f3); [ -n "$found" ] && { kill -9 $found; true; }`;
      await kubectl(["-n", namespace, "exec", "killer", "--", "sh", "-c", script]);
      const restarted = async () => (await readContainer(name)).restartCount > restartCount;
      await waitFor(`a restart of ${name}`, restarted, 90_000);
    },
    async [Symbol.asyncDispose]() {
      await kubectl(["delete", "namespace", namespace, "--ignore-not-found"]);
    },
  };
}

async function readContainer(name: string): Promise<{ containerID: string; restartCount: number }> {
  const { spec, status } = JSON.parse(await inData("get", "pod", name, "-o", "json"));
  const { name: first } = spec.containers[0];
  return status.containerStatuses.find((container: { name: string }) => container.name === first);
}
