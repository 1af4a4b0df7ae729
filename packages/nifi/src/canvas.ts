import type { ComponentDescriptors } from "./aligned-flow.ts";
import type { NifiClient } from "./nifi-client.ts";
import type {
  GroupEntity,
  ParameterContextEntity,
  PortEntity,
  ProcessorEntity,
  ServiceEntity,
} from "./nifi-entities.ts";
import { NifiError } from "./nifi-error.ts";

/** The current state of a flow on the canvas. */
export interface FlowOnCanvas {
  /** The flow's own group, then its descendants, each after its parent. */
  groups: readonly GroupEntity[];
  processors: readonly ProcessorEntity[];
  services: readonly ServiceEntity[];
  ports: readonly PortEntity[];
  contexts: readonly ParameterContextEntity[];
}

/** Reads the process groups at the top level of the canvas. */
export async function readRootGroups(client: NifiClient): Promise<GroupEntity[]> {
  return readChildren(client, "root");
}

/** Finds the process group of a flow; undefined without one. @throws NifiError when several groups have the name */
export async function findGroup(client: NifiClient, name: string): Promise<GroupEntity | undefined> {
  const matches = (await readRootGroups(client)).filter(({ component }) => component.name === name);
  if (matches.length > 1)
    throw new NifiError(
      `there are ${matches.length} process groups "${name}" on the canvas of ${client.host}: remove or rename all but one`,
    );
  return matches[0];
}

/** Finds the process group of a flow. @throws NifiError when no group, or more than one, has the name */
export async function getGroup(client: NifiClient, name: string): Promise<GroupEntity> {
  const group = await findGroup(client, name);
  if (group === undefined)
    throw new NifiError(
      `there is no process group "${name}" on the canvas of ${client.host}: run deploy first`,
    );
  return group;
}

/** Reads the groups, components and parameter contexts of a flow. */
export async function readFlow(client: NifiClient, id: string): Promise<FlowOnCanvas> {
  const flowGroup = await client.get<GroupEntity>(`process-groups/${id}`);
  const groups = [flowGroup, ...(await readDescendants(client, id))];
  const contextIds = new Set(groups.flatMap(({ component }) => component.parameterContext?.id ?? []));
  const [{ processors }, { controllerServices: services }, ports, contexts] = await Promise.all([
    client.get<{ processors: ProcessorEntity[] }>(
      `process-groups/${id}/processors?includeDescendantGroups=true`,
    ),
    client.get<{ controllerServices: ServiceEntity[] }>(
      `flow/process-groups/${id}/controller-services?includeAncestorGroups=false&includeDescendantGroups=true`,
    ),
    Promise.all(groups.map((group) => readPorts(client, group.id))),
    Promise.all(
      [...contextIds].map((contextId) =>
        client.get<ParameterContextEntity>(`parameter-contexts/${contextId}`),
      ),
    ),
  ]);
  return { groups, processors, services, ports: ports.flat(), contexts };
}

/** Reads the property descriptors of the components of a flow. */
export function readDescriptors({ processors, services }: FlowOnCanvas): ComponentDescriptors {
  return new Map([
    ...processors.map(({ id, component }) => [id, component.config.descriptors ?? {}] as const),
    ...services.map(({ id, component }) => [id, component.descriptors ?? {}] as const),
  ]);
}

async function readDescendants(client: NifiClient, id: string): Promise<GroupEntity[]> {
  const children = await readChildren(client, id);
  const below = await Promise.all(
    children.map(async (child) => [child, ...(await readDescendants(client, child.id))]),
  );
  return below.flat();
}

async function readChildren(client: NifiClient, id: string): Promise<GroupEntity[]> {
  return (await client.get<{ processGroups: GroupEntity[] }>(`process-groups/${id}/process-groups`))
    .processGroups;
}

async function readPorts(client: NifiClient, id: string): Promise<PortEntity[]> {
  const [{ inputPorts }, { outputPorts }] = await Promise.all([
    client.get<{ inputPorts: PortEntity[] }>(`process-groups/${id}/input-ports`),
    client.get<{ outputPorts: PortEntity[] }>(`process-groups/${id}/output-ports`),
  ]);
  return [...inputPorts, ...outputPorts];
}
