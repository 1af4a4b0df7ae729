import { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import { toProviderError } from "./provider-errors.ts";

it.each([
  [400, 400, "not_deployable"],
  [403, 403, "cluster_forbids"],
  [404, 400, "not_deployable"],
  [409, 409, "changed_meanwhile"],
  [422, 400, "not_deployable"],
  [429, 503, "peer_unavailable"],
  [500, 502, "peer_bad_answer"],
  [503, 503, "peer_unavailable"],
])("converts a %i of the Kubernetes API to %i %s", (refused, status, code) => {
  const refusal = new KubernetesError({ status: refused, reason: "", message: "it is so" });
  const error = toProviderError(refusal, "apply the Deployment f", "api:443");
  expect(error).toMatchObject({ status, code, message: expect.stringMatching(/it is so|api:443/) });
});
