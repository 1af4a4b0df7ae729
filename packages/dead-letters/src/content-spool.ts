import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { LetterContent } from "./letter.ts";

/** The position of a content in a spool. */
export interface SpoolPosition {
  start: number;
  length: number;
}

/** Keeps the contents of letters in a file, so that memory does not grow with the dead-letter topic. */
export interface ContentSpool extends AsyncDisposable {
  add(content: LetterContent): SpoolPosition;
  /** Writes the contents in memory to the file. */
  flush(): Promise<void>;
  read(position: SpoolPosition): Promise<LetterContent>;
}

const flushBytes = 4_000_000;

/** Opens a spool in the folder for temporary files. The file is unlinked at once, so a crash leaves no file. */
export async function openContentSpool(): Promise<ContentSpool> {
  const folder = await mkdtemp(join(tmpdir(), "dead-letters-"));
  const file = await open(join(folder, "contents"), "wx+", 0o600);
  await rm(folder, { recursive: true });
  let size = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let written = Promise.resolve();

  function write(): void {
    const bytes = Buffer.concat(waiting);
    const start = size - bytes.length;
    waiting = [];
    waitingBytes = 0;
    written = written.then(async () => {
      for (let done = 0; done < bytes.length; ) {
        done += (await file.write(bytes, done, bytes.length - done, start + done)).bytesWritten;
      }
    });
    written.catch(() => undefined); // flush() rejects
  }

  return {
    add(content) {
      const bytes = serialize(content);
      const start = size;
      size += bytes.length;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes >= flushBytes) write();
      return { start, length: bytes.length };
    },
    async flush() {
      write();
      await written;
    },
    async read({ start, length }) {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, start);
      if (bytesRead !== length) throw new Error("the temporary file is truncated");
      return deserialize(bytes);
    },
    async [Symbol.asyncDispose]() {
      await written.catch(() => undefined);
      await file.close();
    },
  };
}
