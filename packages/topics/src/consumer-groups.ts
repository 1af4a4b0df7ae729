import type { Cluster } from "@platform/shared/kafka/open-cluster";
import type { Admin } from "kafkajs";
import type { BackupManifest } from "./backup-manifest.ts";
import { GroupRunningError } from "./topics-errors.ts";

/** The next offsets of consumer groups, by group and partition. */
export type GroupOffsets = BackupManifest["groups"];

/** The offsets that consumer groups have committed for a topic. */
export async function readGroupOffsets(admin: Admin, topic: string): Promise<GroupOffsets> {
  const { groups } = await admin.listGroups();
  const consumers = groups.filter(({ protocolType }) => ["consumer", ""].includes(protocolType));
  const offsets: [string, Record<string, number>][] = [];
  for (const { groupId } of consumers) {
    const topics = await admin.fetchOffsets({ groupId, topics: [topic] });
    const committed = topics
      .flatMap(({ partitions }) => partitions)
      .map(({ partition, offset }) => [partition, Number(offset)] as const)
      .filter(([, offset]) => offset >= 0);
    if (committed.length > 0) offsets.push([groupId, Object.fromEntries(committed)]);
  }
  return Object.fromEntries(offsets);
}

/** @throws GroupRunningError when a group has members, because their commits would replace the offsets */
export async function requireStopped(admin: Admin, groups: readonly string[]): Promise<void> {
  if (groups.length === 0) return;
  const { groups: described } = await admin.describeGroups([...groups]);
  const running = described.find(({ state }) => !["Empty", "Dead"].includes(state));
  if (running !== undefined) throw new GroupRunningError(running.groupId);
}

/** Commits offsets for groups without members. */
export async function commitGroupOffsets(
  cluster: Cluster,
  topic: string,
  groups: GroupOffsets,
): Promise<void> {
  for (const [groupId, offsets] of Object.entries(groups)) {
    const coordinator = await cluster.findGroupCoordinator({ groupId });
    const partitions = Object.entries(offsets).map(([partition, offset]) => ({
      partition: Number(partition),
      offset: String(offset),
      metadata: null,
    }));
    await coordinator.offsetCommit({
      groupId,
      groupGenerationId: -1,
      memberId: "",
      topics: [{ topic, partitions }],
    });
  }
}

/** Translates the groups' offsets in a partition, so that each follows the same number of messages as before. */
export class OffsetTranslation {
  readonly #wanted: readonly (readonly [group: string, offset: number])[];
  readonly #passed = new Map<string, number>();

  constructor(groups: GroupOffsets, partition: number) {
    this.#wanted = Object.entries(groups).flatMap(([group, offsets]) => {
      const offset = offsets[partition];
      return offset === undefined ? [] : [[group, offset] as const];
    });
  }

  /** Counts a message of the backup. */
  pass(offset: number): void {
    for (const [group, next] of this.#wanted)
      if (offset < next) this.#passed.set(group, (this.#passed.get(group) ?? 0) + 1);
  }

  /** The next offset of each group in a partition whose restored messages begin at `start`. */
  from(start: number): [group: string, offset: number][] {
    return this.#wanted.map(([group]) => [group, start + (this.#passed.get(group) ?? 0)]);
  }
}
