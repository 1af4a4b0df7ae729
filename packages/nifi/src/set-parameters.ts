import type { Environment } from "@platform/shared/config/config-reader";
import type { FlowDefinition } from "./flow-definition.ts";
import type { NifiClient } from "./nifi-client.ts";
import type { CanvasParameter, ParameterContextEntity } from "./nifi-entities.ts";
import { parameterChanges } from "./parameter-changes.ts";
import { runRequest } from "./run-request.ts";
import type { Waiting } from "./waiting.ts";

/** Sets the parameters in the contexts of a flow that exist in NiFi. @returns the names of the changed parameters */
export async function setParameters(
  client: NifiClient,
  waiting: Waiting,
  { parameterContexts = {} }: FlowDefinition,
  env: Environment,
): Promise<string[]> {
  const { parameterContexts: onCanvas } = await waiting.until(() =>
    client.get<{ parameterContexts: ParameterContextEntity[] }>("flow/parameter-contexts"),
  );
  const changed: string[] = [];
  for (const { name, parameters } of Object.values(parameterContexts)) {
    const context = onCanvas.find(({ component }) => component.name === name);
    if (context === undefined) continue;
    const current = context.component.parameters.map(({ parameter }) => parameter);
    const changes = parameterChanges(parameters, current, env);
    if (changes.length === 0) continue;
    const path = `parameter-contexts/${context.id}`;
    const { referencingComponents = [] } = await runRequest(client, waiting, {
      description: `setting parameters of ${name}`,
      path: `${path}/update-requests`,
      requests: `${path}/update-requests`,
      body: async () => ({
        id: context.id,
        revision: (await client.get<ParameterContextEntity>(path)).revision,
        component: { id: context.id, parameters: changes.map((parameter) => ({ parameter })) },
      }),
    });
    const affected = new Set(referencingComponents.map(({ id }) => id));
    changed.push(
      ...changes
        .map((change) => change.name)
        .filter((parameterName) => isNew(parameterName, current, affected)),
    );
  }
  return changed;
}

/** Whether the value was different before. For a sensitive value, only affected components show that. */
function isNew(name: string, current: readonly CanvasParameter[], affected: ReadonlySet<string>): boolean {
  const before = current.find((parameter) => parameter.name === name);
  if (!before?.sensitive || !before.value) return true;
  return before.referencingComponents?.some(({ id }) => affected.has(id)) ?? false;
}
