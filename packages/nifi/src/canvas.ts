import type { DescriptorsOf } from "./aligned-flow.ts";
import type { NifiClient } from "./nifi-client.ts";
import type {
  GroupEntity,
  ParameterContextEntity,
  PortEntity,
  ProcessorEntity,
  ServiceEntity,
} from "./nifi-entities.ts";
import { NifiError } from "./nifi-error.ts";

/** A flow as it is on the canvas now. */
export interface FlowOnCanvas {
  /** The flow's own, then those within, each after its parent. */
  groups: readonly GroupEntity[];
  processors: readonly ProcessorEntity[];
  services: readonly ServiceEntity[];
  ports: readonly PortEntity[];
  contexts: readonly ParameterContextEntity[];
}

/** The process groups that the canvas itself has. */
export async function groupsOfRoot(client: NifiClient): Promise<GroupEntity[]> {
  return groupsIn(client, "root");
}

/** The flow's process group, or undefined where there is none; throws a NifiError when there are more. */
export async function findGroup(client: NifiClient, name: string): Promise<GroupEntity | undefined> {
  const found = (await groupsOfRoot(client)).filter(({ component }) => component.name === name);
  if (found.length > 1)
    throw new NifiError(
      `there are ${found.length} process groups "${name}" on the canvas of ${client.host}: remove or rename all but one`,
    );
  return found[0];
}

/** As findGroup, but there must be one. */
export async function getGroup(client: NifiClient, name: string): Promise<GroupEntity> {
  const found = await findGroup(client, name);
  if (found === undefined)
    throw new NifiError(
      `there is no process group "${name}" on the canvas of ${client.host}: deploy makes it`,
    );
  return found;
}

/** Reads all that a flow has. */
export async function readFlow(client: NifiClient, id: string): Promise<FlowOnCanvas> {
  const group = await client.get<GroupEntity>(`process-groups/${id}`);
  const groups = [group, ...(await groupsBelow(client, id))];
  const contextIds = new Set(groups.flatMap(({ component }) => component.parameterContext?.id ?? []));
  const [{ processors }, { controllerServices: services }, ports, contexts] = await Promise.all([
    client.get<{ processors: ProcessorEntity[] }>(
      `process-groups/${id}/processors?includeDescendantGroups=true`,
    ),
    client.get<{ controllerServices: ServiceEntity[] }>(
      `flow/process-groups/${id}/controller-services?includeAncestorGroups=false&includeDescendantGroups=true`,
    ),
    Promise.all(groups.map((one) => portsOf(client, one.id))),
    Promise.all(
      [...contextIds].map((one) => client.get<ParameterContextEntity>(`parameter-contexts/${one}`)),
    ),
  ]);
  return { groups, processors, services, ports: ports.flat(), contexts };
}

/** How the flow's components describe their properties. */
export function descriptorsOf({ processors, services }: FlowOnCanvas): DescriptorsOf {
  return new Map([
    ...processors.map(({ id, component }) => [id, component.config.descriptors ?? {}] as const),
    ...services.map(({ id, component }) => [id, component.descriptors ?? {}] as const),
  ]);
}

async function groupsBelow(client: NifiClient, id: string): Promise<GroupEntity[]> {
  const children = await groupsIn(client, id);
  const below = await Promise.all(
    children.map(async (child) => [child, ...(await groupsBelow(client, child.id))]),
  );
  return below.flat();
}

async function groupsIn(client: NifiClient, id: string): Promise<GroupEntity[]> {
  return (await client.get<{ processGroups: GroupEntity[] }>(`process-groups/${id}/process-groups`))
    .processGroups;
}

async function portsOf(client: NifiClient, id: string): Promise<PortEntity[]> {
  const [{ inputPorts }, { outputPorts }] = await Promise.all([
    client.get<{ inputPorts: PortEntity[] }>(`process-groups/${id}/input-ports`),
    client.get<{ outputPorts: PortEntity[] }>(`process-groups/${id}/output-ports`),
  ]);
  return [...inputPorts, ...outputPorts];
}
