import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runDocsCommands } from "../support/docs/run-docs-commands.ts";
import { documents, refresh } from "../support/elasticsearch/documents.ts";
import { awaitRollout, forward, inData } from "../support/kubernetes/data-namespace.ts";
import { awaitDocuments, sendTweets } from "../support/kubernetes/platform-tweets.ts";
import { run } from "../support/process/command.ts";
import type { StartedProgram } from "../support/process/program.ts";

const page = "how-to/back-up-and-restore.md";

/** A user's shell for docs/how-to/back-up-and-restore.md, with forwarded ports of the cluster's Kafka and Elasticsearch. */
export interface BackUpShell extends AsyncDisposable {
  /** The folder of the backup. */
  folder: string;
  /** URL of Elasticsearch. */
  elasticsearch: string;
  /** Runs the commands after a sentence of the page, except lines that begin with `without`. */
  run(sentence: string, without?: string): Promise<string>;
  /** Forwards the ports again, after pods are replaced. */
  reconnect(): Promise<void>;
}

/** Opens the shell. Disposing of it deletes its backups. */
export async function openBackUpShell(): Promise<BackUpShell> {
  const folder = mkdtempSync(join(tmpdir(), "back-up-"));
  const snapshot = `snapshot-${Date.now()}`;
  const gnupg = join(folder, "gnupg");
  mkdirSync(gnupg, { mode: 0o700 });
  const passphraseFile = join(folder, "passphrase");
  writeFileSync(passphraseFile, "correct horse battery staple", { mode: 0o600 });
  let forwarded: (StartedProgram & { url: string; port: number })[] = [];
  const disconnect = () => Promise.all(forwarded.map((program) => program[Symbol.asyncDispose]()));
  const shell: BackUpShell = {
    folder,
    elasticsearch: "",
    run: (sentence, without) =>
      runDocsCommands(page, sentence, {
        env: {
          KAFKA_BROKERS: "kafka.data:9092",
          KAFKA_ADDRESS: `127.0.0.1:${forwarded[0]!.port}`,
          ELASTICSEARCH_URL: shell.elasticsearch,
          BACKUP: folder,
          SNAPSHOT: snapshot,
          PASSPHRASE_FILE: passphraseFile,
          GNUPGHOME: gnupg,
        },
        ...(without === undefined ? {} : { without }),
      }),
    async reconnect() {
      await disconnect();
      forwarded = await Promise.all([forward("pod/kafka-0", 9092), forward("pod/elasticsearch-0", 9200)]);
      shell.elasticsearch = forwarded[1]!.url;
    },
    async [Symbol.asyncDispose]() {
      await disconnect();
      await run("gpgconf", ["--kill", "gpg-agent"], { env: { GNUPGHOME: gnupg } });
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await shell.reconnect();
  return shell;
}

/** All documents of the platform's indexes, by id. */
export async function allDocuments(url: string): Promise<object[]> {
  await refresh(url);
  const all: { _id: string }[] = [];
  for await (const { _id, _index, _source } of documents(url))
    all.push({ _id, _index, _source } as { _id: string });
  return all.sort((a, b) => (a._id < b._id ? -1 : 1));
}

/** The bytes of a file of a backup. */
export const backupFileSize = (shell: BackUpShell, file: string): number =>
  statSync(join(shell.folder, file)).size;

/** Declares tests of docs/how-to/back-up-and-restore.md and upgrade-and-roll-back.md on a platform with tweets. */
export function describeBackUp(): void {
  let shell: BackUpShell;
  beforeAll(async () => {
    shell = await openBackUpShell();
  });
  afterAll(() => shell?.[Symbol.asyncDispose]());

  it("backs up topics, and a restore beside the original compares equal", async () => {
    expect(await shell.run("Back up:")).toMatch(/twitter: \d+ messages .* offsets of 1 consumer group /);
    expect(await shell.run("Verify the backup")).toContain("twitter-check: equal to");
  });

  it("restores deleted indexes from a snapshot on the volume", async () => {
    await shell.run("Register the repository");
    expect(await shell.run("Back up. `include_global_state`")).toContain('"state":"SUCCESS"');
    const before = await allDocuments(shell.elasticsearch);
    expect(before.length).toBeGreaterThan(0);
    const indexes = [...new Set(before.map((hit) => (hit as { _index: string })._index))];
    await fetch(`${shell.elasticsearch}/${indexes.join()}`, { method: "DELETE" });
    await shell.run("Restore into an empty cluster. Stop the connector");
    expect(await allDocuments(shell.elasticsearch)).toEqual(before);
  });

  it("takes the nightly snapshot by its CronJob", async () => {
    await inData("create", "job", "--from=cronjob/elasticsearch-snapshots", "snapshot-now");
    await inData("wait", "--for=condition=Complete", "job/snapshot-now", "--timeout=60s");
    expect(await inData("logs", "job/snapshot-now")).toMatch(/^took nightly-/);
  });

  it("exports the chain and the secrets", async () => {
    expect(await shell.run("A transaction node exports")).toContain("true");
    await shell.run("gpg encrypts both", "tar");
    for (const file of ["chain.rlp.gz", "secrets.yaml.gpg"])
      expect(backupFileSize(shell, file)).toBeGreaterThan(1_000);
  });

  it("loses no message while the connector is updated and rolled back", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `4${String(index).padStart(4, "0")}`);
    await inData("set", "env", "deployment/kafka-connector", "LOG_LEVEL=debug");
    await sendTweets(ids.slice(0, 50));
    await awaitRollout("deployment/kafka-connector");
    const undone = runDocsCommands("how-to/upgrade-and-roll-back.md", "Roll one back at once", { env: {} });
    await sendTweets(ids.slice(50));
    expect(await undone).toContain("rolled back");
    await awaitDocuments(ids);
  });
}
