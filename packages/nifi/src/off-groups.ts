import type { GroupEntity, ParameterContextEntity } from "./nifi-entities.ts";

/** A process group within a flow that does not run, because it refers to parameters without a value. */
export interface OffGroup {
  id: string;
  name: string;
  /** The names of these parameters. */
  parameters: readonly string[];
}

/** Describes a group that is off, and the reason, in one line. */
export function offText({ name, parameters }: OffGroup): string {
  return `off: ${name} (${parameters.map((parameter) => `${parameter} is not set`).join(", ")})`;
}

/**
 * Finds the groups within a flow that are off, including descendants. References of processors and of controller services
 * count alike.
 * @param groups all groups of the flow, each after its parent; the first is the flow's own group, which is never off
 */
export function offGroups(
  groups: readonly GroupEntity[],
  contexts: readonly ParameterContextEntity[],
): OffGroup[] {
  const missing = contexts.flatMap(({ component }) =>
    component.parameters
      .filter(({ parameter }) => parameter.value === undefined || parameter.value === null)
      .flatMap(({ parameter: { name, referencingComponents = [] } }) =>
        referencingComponents.map((reference) => ({ name, group: reference.component.processGroupId })),
      ),
  );
  const off = new Map<string, OffGroup>();
  for (const { id, component } of groups.slice(1)) {
    const own = missing.filter(({ group }) => group === id).map(({ name }) => name);
    const inherited = off.get(component.parentGroupId ?? "")?.parameters ?? [];
    const parameters = [...new Set([...inherited, ...own])];
    if (parameters.length > 0) off.set(id, { id, name: component.name, parameters });
  }
  return [...off.values()];
}
