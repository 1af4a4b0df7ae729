import { readFile, rename, writeFile } from "node:fs/promises";
import { getGroup } from "./canvas.ts";
import { type CommandContext, canvasAsFile } from "./deploy-flow.ts";
import type { FlowFile } from "./flow-file.ts";
import { flowText } from "./flow-text.ts";

/** Writes what is on the canvas to the flow's file, which changes only where the canvas differs from it. */
export async function exportFlow(
  { client, say }: CommandContext,
  { name, path, definition }: FlowFile,
): Promise<void> {
  const { id } = await getGroup(client, name);
  const text = flowText(await canvasAsFile(client, id, definition));
  if (text === (await readFile(path, "utf8"))) {
    say(`${name}: ${path} is as the canvas`);
    return;
  }
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
  say(`${name}: wrote ${path}`);
}
