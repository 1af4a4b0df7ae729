import { stringify } from "yaml";
import type { FunctionDefinition } from "../http/function-target.ts";
import { imageName } from "../http/image-name.ts";
import { readScaleLabels } from "../http/scale-labels.ts";
import { functionObjects } from "./objects/function-objects.ts";
import type { KubernetesObject } from "./objects/kubernetes-object.ts";

const namespace = "data";

/**
 * Renders functions as plain Kubernetes objects. Each has a Deployment and a Service as in OpenFaaS, a HorizontalPodAutoscaler
 * and a PodDisruptionBudget. Images have their bare names, which deploy/components/images maps.
 */
export function functionManifests(functions: readonly FunctionDefinition[]): string {
  const objects = functions.flatMap(toObjects);
  const head = "# Rendered from stack.yml by `npm run manifests`; change stack.yml.\n";
  return (
    head +
    objects
      .map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`)
      .join("")
  );
}

function toObjects(definition: FunctionDefinition): KubernetesObject[] {
  const objects = functionObjects(definition, { namespace, image: imageName(definition.image) });
  const { deployment, service, autoscaler, disruptionBudget } = objects;
  if (autoscaler !== undefined) return [deployment, service, autoscaler, disruptionBudget];
  return [withReplicas(deployment, readScaleLabels(definition.labels).min), service, disruptionBudget];
}

/** Sets the initial replicas of a Deployment without an autoscaler. */
function withReplicas(deployment: KubernetesObject, min: number): KubernetesObject {
  if (min === 1) return deployment;
  return { ...deployment, spec: { replicas: min, ...deployment.spec } };
}
