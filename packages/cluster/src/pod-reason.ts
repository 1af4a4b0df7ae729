import type { ContainerStatus, Pod } from "./kubernetes-objects.ts";

const pullReasons = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull"];
const configReasons = ["CreateContainerConfigError", "CreateContainerError", "RunContainerError"];

/** Describes in a few words why a pod is not ready; undefined when it is ready. */
export function podReason({ spec, metadata, status = {} }: Pod): string | undefined {
  const unscheduled = status.conditions?.find(
    ({ type, status: value }) => type === "PodScheduled" && value === "False",
  );
  if (unscheduled !== undefined) return `no node can run it: ${unscheduled.message ?? unscheduled.reason}`;
  if (status.phase === "Succeeded") return undefined;
  const isScheduled = status.conditions?.some(({ type }) => type === "PodScheduled") ?? false;
  if (status.phase === "Pending" && !isScheduled) return "not scheduled yet";
  const inits = status.initContainerStatuses ?? [];
  const containers = status.containerStatuses ?? [];
  for (const container of [...inits, ...containers]) {
    const reason = containerProblem(container, metadata.name);
    if (reason !== undefined) return reason;
  }
  if (status.phase === "Failed") return "it has failed";
  const initial = inits.find(
    ({ ready, state }) => !ready && (state?.running !== undefined || state?.waiting !== undefined),
  );
  if (initial !== undefined && containers.every(({ state }) => state?.running === undefined))
    return `the init container ${initial.name} is running`;
  const starting = containers.filter(({ state }) => state?.running === undefined);
  if (starting.length > 0 || containers.length < spec.containers.length) return "its containers are starting";
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name);
  return unready.length > 0 ? `running, not ready yet: ${unready.join(", ")}` : undefined;
}

function containerProblem(
  { name, image, state, lastState }: ContainerStatus,
  pod: string,
): string | undefined {
  const { reason = "", message = reason } = state?.waiting ?? {};
  if (pullReasons.includes(reason)) return `the image ${image} cannot be pulled: ${firstLine(message)}`;
  if (configReasons.includes(reason)) return `the container ${name} cannot be created: ${firstLine(message)}`;
  const end = reason === "CrashLoopBackOff" ? lastState?.terminated : state?.terminated;
  if (end === undefined || (end.exitCode === 0 && reason !== "CrashLoopBackOff")) return undefined;
  const killed = end.reason === "OOMKilled" ? ", out of memory" : "";
  return `the container ${name} exited with code ${end.exitCode}${killed} (kubectl logs ${pod} -c ${name} --previous)`;
}

const firstLine = (text: string) => text.split("\n")[0];
