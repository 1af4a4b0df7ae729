import { accessSync, constants, mkdirSync } from "node:fs";
import { FolderInUseError, lockFolder } from "./folder-lock.ts";

/** The data folder or one of its files cannot be used; the message has the path and the reason. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

const otherFolder = "choose another with DATA_DIR=FOLDER npm start";

/**
 * Creates the data folder if it is missing, and locks it for this process until disposal.
 * @throws StoreError when it cannot be written, or another gateway uses it
 */
export async function openDataFolder(folder: string): Promise<Disposable> {
  requireWritable(folder);
  try {
    return await lockFolder(folder);
  } catch (cause) {
    if (cause instanceof FolderInUseError) {
      throw new StoreError(`${cause.message}; ${otherFolder}`, { cause });
    }
    throw new StoreError(`cannot use the data folder ${folder}: ${(cause as Error).message}`, { cause });
  }
}

function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const { code } = cause as { code?: string };
    throw new StoreError(`cannot write to the data folder ${folder} (${code}); ${otherFolder}`, { cause });
  }
}
