import { mapInParallel } from "@platform/shared/clients/map-in-parallel";
import type { Admin, AssignerProtocol, GroupDescription } from "kafkajs";
import { type PartitionEnds, readAllEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { GroupNotFoundError } from "./topics-errors.ts";
import type { GroupLag, GroupSummary, GroupsView, GroupView } from "./view.ts";

/** Maximum concurrent requests for offsets. */
const width = 8;

/** A group with its committed offsets. */
interface ReadGroup {
  /** The partitions of each member, by topic. */
  assignments: ReadonlyMap<string, Record<string, number[]>>;
  described: GroupDescription;
  /** The committed offsets, by topic. */
  committed: ReadonlyMap<string, { partition: number; offset: number }[]>;
}

/** Lists all consumer groups by name, with their lag. */
export async function listGroups(connection: TopicsConnection): Promise<GroupsView> {
  const groups = await readGroups(connection.admin);
  const ends = await readGroupEnds(connection, groups);
  return { groups: groups.map((group) => summarize(group, ends)) };
}

/** @throws GroupNotFoundError */
export async function describeGroup(connection: TopicsConnection, name: string): Promise<GroupView> {
  const groups = await readGroups(connection.admin, name);
  const [group] = groups;
  if (group === undefined) throw new GroupNotFoundError({ group: name });
  const ends = await readGroupEnds(connection, groups);
  const { assignments, described } = group;
  return {
    ...summarize(group, ends),
    protocol: described.protocol,
    memberList: described.members.map((member) => ({
      id: member.memberId,
      client: member.clientId,
      host: member.clientHost.replace(/^\//, ""),
      partitions: Object.entries(assignments.get(member.memberId) ?? {}).flatMap(([topic, partitions]) =>
        partitions.map((partition) => `${topic}/${partition}`),
      ),
    })),
    lags: [...group.committed].flatMap(([topic, offsets]) =>
      computeLags(offsets, ends.get(topic)).map((lag) => ({ topic, ...lag })),
    ),
  };
}

/** Lists the groups that have committed offsets of a topic, or have members that read it. */
export async function readGroupLags(connection: TopicsConnection, topic: string): Promise<GroupLag[]> {
  const groups = await readGroups(connection.admin);
  const ends = (await readAllEnds(connection, [topic])).get(topic);
  return groups.flatMap((group) => {
    const { described, committed } = group;
    const owners = mapOwners(group, topic);
    const offsets = committed.get(topic) ?? [];
    if (offsets.length === 0 && owners.size === 0) return [];
    const partitions = computeLags(offsets, ends).map((lag) => ({
      ...lag,
      member: owners.get(lag.partition) ?? null,
    }));
    const { groupId, members, state } = described;
    return [{ group: groupId, state, members: members.length, lag: sumLags(partitions), partitions }];
  });
}

async function readGroups(admin: Admin, only?: string): Promise<ReadGroup[]> {
  const { groups } = await admin.listGroups();
  const names = groups
    .filter(
      ({ groupId, protocolType }) => ["consumer", ""].includes(protocolType) && (only ?? groupId) === groupId,
    )
    .map(({ groupId }) => groupId)
    .sort();
  if (names.length === 0) return [];
  const [kafkajs, described, committed] = await Promise.all([
    import("kafkajs"),
    admin.describeGroups(names),
    mapInParallel(names, width, (groupId) => admin.fetchOffsets({ groupId })),
  ]);
  const descriptions = new Map(described.groups.map((group) => [group.groupId, group]));
  return names.flatMap((name, index) => {
    const description = descriptions.get(name);
    if (description === undefined) return [];
    const offsets = committed[index]!.map(({ topic, partitions }) => {
      const known = partitions
        .map(({ partition, offset }) => ({ partition, offset: Number(offset) }))
        .filter(({ offset }) => offset >= 0);
      return [topic, known] as const;
    });
    const assignments = new Map(
      description.members.map(({ memberAssignment, memberId }) => {
        return [memberId, decodeAssignment(kafkajs.AssignerProtocol, memberAssignment)];
      }),
    );
    return [{ described: description, assignments, committed: new Map(offsets) }];
  });
}

async function readGroupEnds(
  connection: TopicsConnection,
  groups: readonly ReadGroup[],
): Promise<ReadonlyMap<string, PartitionEnds[]>> {
  await connection.cluster.refreshMetadata();
  return await readAllEnds(connection, [
    ...new Set(groups.flatMap(({ committed }) => [...committed.keys()])),
  ]);
}

function summarize(
  { described: { groupId: group, members, state }, committed }: ReadGroup,
  ends: ReadonlyMap<string, PartitionEnds[]>,
): GroupSummary {
  const lags = [...committed].flatMap(([topic, offsets]) => computeLags(offsets, ends.get(topic)));
  return { group, state, members: members.length, topics: [...committed.keys()].sort(), lag: sumLags(lags) };
}

function computeLags(
  offsets: readonly { partition: number; offset: number }[],
  ends: readonly PartitionEnds[] | undefined,
) {
  return offsets
    .map(({ partition, offset: committed }) => {
      const end = ends?.find((other) => other.partition === partition)?.end ?? committed;
      return { partition, committed, end, lag: Math.max(0, end - committed) };
    })
    .sort((a, b) => a.partition - b.partition);
}

const sumLags = (lags: readonly { lag: number }[]) => lags.reduce((sum, { lag }) => sum + lag, 0);

/** Maps each partition to the client of the member that reads it. */
function mapOwners({ assignments, described }: ReadGroup, topic: string): ReadonlyMap<number, string> {
  return new Map(
    described.members.flatMap(({ clientId, memberId }) =>
      (assignments.get(memberId)?.[topic] ?? []).map((partition) => [partition, clientId] as const),
    ),
  );
}

function decodeAssignment(
  { MemberAssignment }: typeof AssignerProtocol,
  memberAssignment: Buffer,
): Record<string, number[]> {
  try {
    return MemberAssignment.decode(memberAssignment)?.assignment ?? {};
  } catch {
    return {}; // The client does not use the consumer protocol.
  }
}
