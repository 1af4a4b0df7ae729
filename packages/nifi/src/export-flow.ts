import { readFile, rename, writeFile } from "node:fs/promises";
import { getGroup } from "./canvas.ts";
import { type CommandContext, canvasAsFile } from "./deploy-flow.ts";
import type { FlowFile } from "./flow-file.ts";
import { flowText } from "./flow-text.ts";

/** Writes the canvas to the file of the flow; only differences change the file. */
export async function exportFlow(
  { client, say }: CommandContext,
  { name, path, definition }: FlowFile,
): Promise<void> {
  const { id } = await getGroup(client, name);
  const text = flowText(await canvasAsFile(client, id, definition));
  if (text === (await readFile(path, "utf8"))) {
    say(`${name}: ${path} is up to date`);
    return;
  }
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
  say(`${name}: wrote ${path}`);
}
