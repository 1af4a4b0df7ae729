import { readdir, readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { FlowDefinition } from "./flow-definition.ts";
import { NifiError } from "./nifi-error.ts";

/** The file of a flow. */
export interface FlowFile {
  path: string;
  /** The name of the flow's process group. */
  name: string;
  definition: FlowDefinition;
}

/** Reads a flow definition. @throws NifiError when the file cannot be read or is invalid */
export async function readFlowFile(path: string): Promise<FlowFile> {
  const text = await readFile(path, "utf8").catch(async (cause: NodeJS.ErrnoException) => {
    const flowFiles = (await readdir(dirname(path)).catch(() => [])).filter((fileName) =>
      fileName.endsWith(".flow.json"),
    );
    const hint = flowFiles.length > 0 ? `; existing flows: ${flowFiles.sort().join(", ")}` : "";
    throw new NifiError(`${path} cannot be read (${cause.code})${hint}`, { cause });
  });
  const definition = parse(text, basename(path));
  const name = definition.flowContents?.name;
  if (typeof name !== "string" || name === "")
    throw new NifiError(`${basename(path)} is not a flow definition: it has no flowContents.name`);
  return { path, name, definition };
}

function parse(text: string, file: string): FlowDefinition {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NifiError(`${file} is not JSON: ${(cause as Error).message}`, { cause });
  }
}
