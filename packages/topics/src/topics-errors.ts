import { PlatformError } from "@platform/shared/errors/platform-error";

/** A batch of a partition is damaged, or has an unknown codec. */
export class UnreadablePartitionError extends PlatformError {
  constructor({ topic, partition, reason }: { topic: string; partition: number; reason: string }) {
    const detail = `Partition ${partition} of topic ${topic} cannot be read: ${reason}.`;
    super({ status: 502, code: "partition_unreadable", detail });
  }
}

/** Kafka has no such topic. */
export class TopicMissingError extends PlatformError {
  constructor(topic: string) {
    super({ status: 404, code: "topic_missing", detail: `Topic ${topic} does not exist.` });
  }
}

/** A backup is missing, incomplete or damaged. */
export class BackupError extends PlatformError {
  constructor({ path, reason, cause }: { path: string; reason: string; cause?: unknown }) {
    super({ status: 422, code: "backup_invalid", detail: `${path}: ${reason}.`, cause });
  }
}

/** The folder already has a backup of the topic. */
export class BackupExistsError extends PlatformError {
  constructor(path: string) {
    super({ status: 409, code: "backup_exists", detail: `${path} exists; choose another folder with --to.` });
  }
}

/** The target topic of a restore has messages. */
export class TopicNotEmptyError extends PlatformError {
  constructor({ topic, count }: { topic: string; count: number }) {
    const detail = `Topic ${topic} has ${count} messages; delete it first, restore with --as NAME, or add to it with --append.`;
    super({ status: 409, code: "topic_not_empty", detail });
  }
}

/** The target topic of a restore has another number of partitions. */
export class PartitionsDifferError extends PlatformError {
  constructor({ topic, current, backedUp }: { topic: string; current: number; backedUp: number }) {
    const detail = `Topic ${topic} has ${current} partitions, and the backup has ${backedUp}; delete the topic first.`;
    super({ status: 409, code: "partitions_differ", detail });
  }
}

/** Members of a consumer group are running, so its offsets cannot be set. */
export class GroupRunningError extends PlatformError {
  constructor(group: string) {
    const detail = `Consumer group ${group} has running members; stop them first, or restore with --no-groups.`;
    super({ status: 409, code: "group_running", detail });
  }
}

/** A restore ended before it was complete. */
export class RestoreInterruptedError extends PlatformError {
  constructor(topic: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const detail = `Topic ${topic} is only partly restored: ${reason.replace(/\.$/, "")}. Delete the topic, and restore again.`;
    super({ status: 502, code: "restore_interrupted", detail, cause });
  }
}
