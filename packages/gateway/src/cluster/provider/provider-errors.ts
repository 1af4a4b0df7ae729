import { busyStatuses } from "@platform/shared/clients/peer-error";
import { PeerBadAnswerError, PeerUnavailableError } from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import { NotDeployableError } from "../../http/errors.ts";

/** 403: the gateway's account lacks a right, or a policy or quota of the cluster forbids the action. */
export class ClusterForbidsError extends PlatformError {
  constructor(facts: { action: string; cause: KubernetesError }) {
    super({
      status: 403,
      code: "cluster_forbids",
      detail: `Kubernetes does not let the gateway ${facts.action}: ${facts.cause.message}`,
      cause: facts.cause,
    });
  }
}

/** 409: an object was changed or deleted at the same time. */
class ChangedMeanwhileError extends PlatformError {
  constructor(facts: { action: string; cause: KubernetesError }) {
    super({
      status: 409,
      code: "changed_meanwhile",
      detail: `The gateway could not ${facts.action}: ${facts.cause.message}; try again.`,
      cause: facts.cause,
    });
  }
}

/** Converts a refusal of the Kubernetes API to an error for callers of the gateway; `action` begins with a verb. */
export function toProviderError(error: KubernetesError, action: string, host: string): PlatformError {
  if (error.status === 403) return new ClusterForbidsError({ action, cause: error });
  if (error.status === 409) return new ChangedMeanwhileError({ action, cause: error });
  // 404: the namespace is missing; 422: invalid, or refused by an admission policy.
  if ([400, 404, 422].includes(error.status)) {
    return new NotDeployableError({ reason: `Kubernetes refused to ${action}: ${error.message}` });
  }
  const peer = { setting: "KUBERNETES_URL", host, cause: error };
  return busyStatuses.has(error.status) ? new PeerUnavailableError(peer) : new PeerBadAnswerError(peer);
}
