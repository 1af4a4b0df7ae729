import { ClusterUnusableError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";

/** The manifests need 1.30 for the preStop hook `sleep`. */
const minMinor = 30;

/**
 * Reads the version of a cluster's Kubernetes, such as `v1.34.4`.
 * @throws ClusterUnusableError when the cluster does not answer
 */
export async function serverVersion(kubectl: Kubectl, title: string): Promise<string> {
  const output = await kubectl
    .run(["version", "--output", "json", "--request-timeout=15s"])
    .catch((error: Error) => {
      throw new ClusterUnusableError({ title, reason: error.message.replace(/\.$/, "") });
    });
  const { serverVersion: version } = JSON.parse(output) as { serverVersion?: { gitVersion: string } };
  if (version === undefined) throw new ClusterUnusableError({ title, reason: "it does not answer" });
  return version.gitVersion;
}

/**
 * Checks that a cluster can run the manifests.
 * @throws ClusterUnusableError
 */
export async function requireVersion(kubectl: Kubectl, title: string): Promise<void> {
  const version = await serverVersion(kubectl, title);
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) === 1 && Number(minor) < minMinor)
    throw new ClusterUnusableError({
      title,
      reason: `it runs Kubernetes ${version}, and the manifests need 1.${minMinor} or later`,
    });
}
